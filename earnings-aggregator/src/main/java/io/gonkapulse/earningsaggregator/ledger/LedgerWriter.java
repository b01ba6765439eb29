package io.gonkapulse.earningsaggregator.ledger;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.earningsaggregator.ledger.ChangedDays.NodeEpochDay;
import io.gonkapulse.earningsaggregator.ledger.LiveMaximum.LiveKey;
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

/** Merges live counters into {@code earnings_ledger} by the rule of {@link LiveMaximum}. */
public final class LedgerWriter {

    /**
     * The same rule as {@link LiveMaximum#merge}. Collation "C" compares tracker names as Java does. The where clause
     * avoids writing rows that would not change.
     */
    private static final String MERGE = """
            insert into earnings_ledger as ledger
                   (node_id, epoch, day, earned, inferences, missed, validated, invalidated, source, observed_at)
            select *
              from unnest(?::uuid[], ?::bigint[], ?::date[], ?::numeric[], ?::bigint[], ?::bigint[], ?::bigint[],
                          ?::bigint[], ?::text[], ?::timestamptz[])
             order by 1, 2, 3
                on conflict (node_id, epoch, day) do update
               set (source, observed_at) = (
                       select candidate.source, candidate.observed_at
                         from (values (ledger.earned, ledger.source, ledger.observed_at),
                                      (excluded.earned, excluded.source, excluded.observed_at))
                                  as candidate (earned, source, observed_at)
                        order by candidate.earned desc, candidate.observed_at, candidate.source collate "C"
                        limit 1),
                   earned = greatest(ledger.earned, excluded.earned),
                   inferences = greatest(ledger.inferences, excluded.inferences),
                   missed = greatest(ledger.missed, excluded.missed),
                   validated = greatest(ledger.validated, excluded.validated),
                   invalidated = greatest(ledger.invalidated, excluded.invalidated)
             where excluded.earned > ledger.earned
                or excluded.inferences > ledger.inferences
                or excluded.missed > ledger.missed
                or excluded.validated > ledger.validated
                or excluded.invalidated > ledger.invalidated
                or (excluded.earned = ledger.earned
                    and (excluded.observed_at, excluded.source collate "C")
                        < (ledger.observed_at, ledger.source collate "C"))
            returning node_id, epoch, day
            """;

    /** Returns the rows that are new or changed. */
    public List<NodeEpochDay> merge(
            Connection connection, Collection<Map.Entry<LiveKey, LiveMaximum>> live, Map<NodeIdentifier, UUID> rows)
            throws SQLException {
        if (live.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = connection.prepareStatement(MERGE)) {
            new ArrayParameters<>(connection, statement, live)
                    .add("uuid", row -> rows.get(row.getKey().node()))
                    .add("bigint", row -> row.getKey().epoch())
                    .add("date", row -> row.getKey().day())
                    .add("numeric", row -> row.getValue().counters().earned())
                    .add("bigint", row -> row.getValue().counters().inferences())
                    .add("bigint", row -> row.getValue().counters().missed())
                    .add("bigint", row -> row.getValue().counters().validated())
                    .add("bigint", row -> row.getValue().counters().invalidated())
                    .add("text", row -> row.getValue().source())
                    .add("timestamptz", row -> row.getValue().observedAt());
            return changed(statement);
        }
    }

    private static List<NodeEpochDay> changed(PreparedStatement statement) throws SQLException {
        List<NodeEpochDay> changed = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                changed.add(new NodeEpochDay(
                        row.getObject(1, UUID.class), row.getLong(2), row.getObject(3, LocalDate.class)));
            }
        }
        return changed;
    }
}
