package io.gonkapulse.apigateway.earnings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gonkapulse.apigateway.web.Amounts;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Earnings as the API shows them.
 *
 * @param identifier left out where all nodes are added up
 */
record Earnings(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String identifier,
        String interval,
        LocalDate from,
        LocalDate to,
        String total,
        String totalNgonka,
        List<Item> items) {

    static Earnings of(EarningsQuestion question, List<Bucket> buckets) {
        Ngonka total = buckets.stream().map(Bucket::earnings).reduce(Ngonka.ZERO, Ngonka::plus);
        return new Earnings(
                question.identifier(),
                question.interval().word(),
                question.range().from(),
                question.range().to(),
                Amounts.gnk(total),
                total.toString(),
                buckets.stream().map(Item::of).toList());
    }

    /**
     * A day, a week or a month.
     *
     * @param nodes left out for a single node
     */
    record Item(
            LocalDate date,
            String earningsGnk,
            String earningsNgonka,
            @Nullable String source,
            @Nullable String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long nodes) {

        private static Item of(Bucket bucket) {
            return new Item(
                    bucket.date(),
                    Amounts.gnk(bucket.earnings()),
                    bucket.earnings().toString(),
                    bucket.source(),
                    bucket.state(),
                    bucket.nodes());
        }
    }
}
