package io.gonkapulse.apigateway.earnings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the earnings routes.
 *
 * @param identifier omitted for the sum over all nodes
 */
record EarningsResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String identifier,
        String interval,
        LocalDate from,
        LocalDate to,
        String total,
        String totalNgonka,
        List<Item> items) {

    static EarningsResponse of(EarningsQuery query, List<EarningsBucket> buckets) {
        Ngonka total = buckets.stream().map(EarningsBucket::earnings).reduce(Ngonka.ZERO, Ngonka::plus);
        return new EarningsResponse(
                query.identifier(),
                query.interval().apiName(),
                query.range().from(),
                query.range().to(),
                AmountFormatter.formatGnk(total),
                total.toString(),
                buckets.stream().map(Item::of).toList());
    }

    /**
     * One bucket of the response.
     *
     * @param nodes omitted for a single node
     */
    record Item(
            LocalDate date,
            String earningsGnk,
            String earningsNgonka,
            @Nullable String source,
            @Nullable String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long nodes) {

        private static Item of(EarningsBucket bucket) {
            return new Item(
                    bucket.date(),
                    AmountFormatter.formatGnk(bucket.earnings()),
                    bucket.earnings().toString(),
                    bucket.source(),
                    bucket.state(),
                    bucket.nodes());
        }
    }
}
