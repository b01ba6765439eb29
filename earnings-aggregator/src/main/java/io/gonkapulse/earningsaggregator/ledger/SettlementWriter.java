package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.SettledEpoch.EpochKey;
import io.gonkapulse.workercore.sql.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Merges settlements into {@code epoch_settlements} by the rule of {@link SettledEpoch}. */
public final class SettlementWriter {

    /** Reads the row before the change too: days that a settlement no longer counts for change as well. */
    private static final String MERGE = """
            with wanted as (
                select *
                  from unnest(?::uuid[], ?::bigint[], ?::numeric[], ?::bigint[], ?::bigint[], ?::bigint[],
                              ?::bigint[], ?::numeric[], ?::text[], ?::boolean[], ?::timestamptz[], ?::bigint[],
                              ?::timestamptz[], ?::text[], ?::timestamptz[])
                    as wanted (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim,
                               approximate, settled_at, settled_height, forfeited_at, source, observed_at)
            ), merged as (
                insert into epoch_settlements as settled
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim,
                        approximate, settled_at, settled_height, forfeited_at, source, observed_at)
                select *
                  from wanted
                 order by node_id, epoch
                    on conflict (node_id, epoch) do update
                   set earned = excluded.earned,
                       inferences = excluded.inferences,
                       missed = excluded.missed,
                       validated = excluded.validated,
                       invalidated = excluded.invalidated,
                       rewarded = excluded.rewarded,
                       claim = excluded.claim,
                       approximate = excluded.approximate,
                       settled_at = excluded.settled_at,
                       settled_height = excluded.settled_height,
                       forfeited_at = excluded.forfeited_at,
                       source = excluded.source,
                       observed_at = excluded.observed_at
                 where (not excluded.approximate, excluded.observed_at, excluded.rewarded, excluded.earned,
                        excluded.inferences, excluded.missed, excluded.validated, excluded.invalidated,
                        excluded.claim collate "C", excluded.settled_at,
                        coalesce(excluded.forfeited_at, '-infinity'), coalesce(excluded.settled_height, -1),
                        excluded.source collate "C")
                     > (not settled.approximate, settled.observed_at, settled.rewarded, settled.earned,
                        settled.inferences, settled.missed, settled.validated, settled.invalidated,
                        settled.claim collate "C", settled.settled_at,
                        coalesce(settled.forfeited_at, '-infinity'), coalesce(settled.settled_height, -1),
                        coalesce(settled.source, '') collate "C")
                returning node_id, epoch
            )
            select merged.node_id, merged.epoch, before.settled_on, before.forfeited_on
              from merged
              left join epoch_settlements before using (node_id, epoch)
            """;

    /** Merges settlements and adds every new or changed row to {@code changes}. */
    public void merge(
            Connection connection,
            Collection<Map.Entry<EpochKey, SettledEpoch>> settled,
            Map<NodeIdentifier, UUID> rows,
            ChangedDays changes)
            throws SQLException {
        if (settled.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(MERGE)) {
            new ArrayParameters<>(connection, statement, settled)
                    .add("uuid", row -> rows.get(row.getKey().node()))
                    .add("bigint", row -> row.getKey().epoch())
                    .add("numeric", row -> row.getValue().counters().earned())
                    .add("bigint", row -> row.getValue().counters().inferences())
                    .add("bigint", row -> row.getValue().counters().missed())
                    .add("bigint", row -> row.getValue().counters().validated())
                    .add("bigint", row -> row.getValue().counters().invalidated())
                    .add("numeric", row -> row.getValue().settlement().rewarded())
                    .add("text", row -> row.getValue().claim())
                    .add("boolean", row -> row.getValue().settlement().approximate())
                    .add("timestamptz", row -> row.getValue().settlement().settledAt())
                    .add("bigint", row -> row.getValue().settlement().settledHeight())
                    .add("timestamptz", row -> row.getValue().settlement().forfeitedAt())
                    .add("text", row -> row.getValue().source())
                    .add("timestamptz", row -> row.getValue().observedAt());
            collectChanges(statement, changes);
        }
    }

    private static void collectChanges(PreparedStatement statement, ChangedDays changes) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                UUID node = row.getObject(1, UUID.class);
                changes.addSettled(node, row.getLong(2), previousDays(row));
            }
        }
    }

    private static List<LocalDate> previousDays(ResultSet row) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        for (int column = 3; column <= 4; column++) {
            LocalDate day = row.getObject(column, LocalDate.class);
            if (day != null) {
                days.add(day);
            }
        }
        return days;
    }
}
