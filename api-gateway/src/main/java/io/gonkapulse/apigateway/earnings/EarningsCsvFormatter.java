package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.earnings.EarningsResponse.Item;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Formats earnings as CSV by RFC 4180, for spreadsheets. */
final class EarningsCsvFormatter {

    private static final List<String> COLUMNS = List.of("date", "earningsGnk", "earningsNgonka", "source", "state");
    private static final String LINE_END = "\r\n";

    private EarningsCsvFormatter() {}

    static String format(EarningsResponse earnings) {
        boolean all = earnings.identifier() == null;
        Stream<String> heads = all ? Stream.concat(COLUMNS.stream(), Stream.of("nodes")) : COLUMNS.stream();
        return Stream.concat(
                        Stream.of(heads.collect(Collectors.joining(","))),
                        earnings.items().stream().map(item -> line(item, all)))
                .collect(Collectors.joining(LINE_END, "", LINE_END));
    }

    private static String line(Item item, boolean withNodes) {
        String line = Stream.of(
                        item.date().toString(),
                        item.earningsGnk(),
                        item.earningsNgonka(),
                        quote(item.source()),
                        quote(item.state()))
                .collect(Collectors.joining(","));
        return withNodes ? line + "," + (item.nodes() == null ? "" : item.nodes()) : line;
    }

    private static String quote(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.matches("[\\w.-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
