package io.gonkapulse.apigateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as CSV by RFC 4180. A field that a spreadsheet would run as a formula starts with an apostrophe, because
 * anyone can choose the name of a node.
 */
public final class CsvWriter<T> {

    private static final String LINE_END = "\r\n";

    private final List<String> names = new ArrayList<>();
    private final List<Function<T, @Nullable Object>> columns = new ArrayList<>();

    /** Adds a column; null becomes an empty field. */
    public CsvWriter<T> column(String name, Function<T, @Nullable Object> value) {
        names.add(name);
        columns.add(value);
        return this;
    }

    /** Returns a header line and a line for each row. */
    public String write(List<T> rows) {
        StringBuilder csv = new StringBuilder(String.join(",", names)).append(LINE_END);
        for (T row : rows) {
            csv.append(columns.stream().map(column -> format(column.apply(row))).collect(Collectors.joining(",")))
                    .append(LINE_END);
        }
        return csv.toString();
    }

    private static String format(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof CharSequence ? guardFormula(value.toString()) : value.toString();
        return text.matches("[\\w.:/-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Amounts are text, too, but no formula. */
    private static String guardFormula(String text) {
        boolean formula = text.matches("(?s)[=+\\-@\t\r\n].*") && !text.matches("-?[0-9.]+");
        return formula ? "'" + text : text;
    }
}
