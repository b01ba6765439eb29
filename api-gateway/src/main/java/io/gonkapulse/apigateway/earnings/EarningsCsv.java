package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.earnings.Earnings.Item;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Earnings as a table for spreadsheets, by RFC 4180. */
final class EarningsCsv {

    private static final List<String> HEADS = List.of("date", "earningsGnk", "earningsNgonka", "source", "state");
    private static final String LINE_END = "\r\n";

    private EarningsCsv() {}

    static String of(Earnings earnings) {
        boolean all = earnings.identifier() == null;
        Stream<String> heads = all ? Stream.concat(HEADS.stream(), Stream.of("nodes")) : HEADS.stream();
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
                        quoted(item.source()),
                        quoted(item.state()))
                .collect(Collectors.joining(","));
        return withNodes ? line + "," + (item.nodes() == null ? "" : item.nodes()) : line;
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text.matches("[\\w.-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
