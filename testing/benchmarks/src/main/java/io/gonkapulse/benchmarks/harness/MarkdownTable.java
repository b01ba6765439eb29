package io.gonkapulse.benchmarks.harness;

import java.util.Locale;

/** A table of results, ready for the documentation. Numbers have the format of the root locale. */
public final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();
    private final String rowFormat;

    /**
     * Starts a table.
     *
     * @param titles the line of column titles
     * @param alignment the line below it
     * @param rowFormat the format string of a row
     */
    public MarkdownTable(String titles, String alignment, String rowFormat) {
        this.rowFormat = rowFormat + "%n";
        text.append(String.format(Locale.ROOT, "%n%s%n%s%n", titles, alignment));
    }

    public MarkdownTable row(Object... values) {
        text.append(String.format(Locale.ROOT, rowFormat, values));
        return this;
    }

    public String render() {
        return text.toString();
    }
}
