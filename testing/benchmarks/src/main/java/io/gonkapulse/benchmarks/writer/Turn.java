package io.gonkapulse.benchmarks.writer;

/** What is measured by turns. */
enum Turn {
    READ("two consumers that only read (limit)"),
    PARSE("two consumers that only parse (limit)"),
    DRAIN("stats-writer, two consumers");

    private final String words;

    Turn(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
