package io.gonkapulse.apigateway.earnings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gonkapulse.apigateway.earnings.EarningsQuery.Bucket;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final String CSV_HEADER = "date,earningsGnk,earningsNgonka,source,state";
    private static final String CSV_LINE_END = "\r\n";

    static EarningsResponse of(EarningsQuery query, List<Bucket> buckets) {
        Ngonka total = buckets.stream().map(Bucket::earnings).reduce(Ngonka.ZERO, Ngonka::plus);
        return new EarningsResponse(
                query.identifier(),
                query.interval().apiName(),
                query.range().from(),
                query.range().to(),
                AmountFormatter.formatGnk(total),
                total.toString(),
                buckets.stream().map(Item::of).toList());
    }

    /** Formats the items by RFC 4180, for spreadsheets. */
    String toCsv() {
        boolean withNodes = identifier == null;
        return Stream.concat(
                        Stream.of(withNodes ? CSV_HEADER + ",nodes" : CSV_HEADER),
                        items.stream().map(item -> item.toCsv(withNodes)))
                .collect(Collectors.joining(CSV_LINE_END, "", CSV_LINE_END));
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

        private static Item of(Bucket bucket) {
            return new Item(
                    bucket.date(),
                    AmountFormatter.formatGnk(bucket.earnings()),
                    bucket.earnings().toString(),
                    bucket.source(),
                    bucket.state(),
                    bucket.nodes());
        }

        private String toCsv(boolean withNodes) {
            String line =
                    String.join(",", date.toString(), earningsGnk, earningsNgonka, quoteCsv(source), quoteCsv(state));
            return withNodes ? line + "," + (nodes == null ? "" : nodes) : line;
        }

        private static String quoteCsv(@Nullable String text) {
            if (text == null) {
                return "";
            }
            return text.matches("[\\w.-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    }
}
