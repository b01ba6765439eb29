package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.epochs.EpochPageQuery.Bounds;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Converts days of settlements to epochs. Ranges of epochs need no statement. */
@Repository
class EpochBoundsRepository {

    /** Reads epoch_totals, which has a row for each epoch: about 340 a year. */
    private static final String FIND = """
            select coalesce(
                       min(epoch) filter (where cast(:fromDay as date) <= (settled_at at time zone 'UTC')::date),
                       max(epoch) + 1,
                       0) as first,
                   coalesce(
                       max(epoch) filter (where cast(:toDay as date) >= (settled_at at time zone 'UTC')::date),
                       -1) as last
              from epoch_totals
             where nodes > 0
            """;

    private final JdbcClient client;

    EpochBoundsRepository(QueryClient queryClient, GatewayProperties properties) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
    }

    Bounds find(EpochRange range) {
        long first = range.fromEpoch() == null ? 0 : range.fromEpoch();
        long last = range.toEpoch() == null ? Long.MAX_VALUE : range.toEpoch();
        if (!range.hasDays()) {
            return new Bounds(first, last);
        }
        return client.sql(FIND)
                .param("fromDay", range.fromDay())
                .param("toDay", range.toDay())
                .query((row, number) -> new Bounds(
                        range.fromDay() == null ? first : row.getLong("first"),
                        range.toDay() == null ? last : row.getLong("last")))
                .single();
    }
}
