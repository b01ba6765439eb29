package io.gonkapulse.benchmarks.writer;

/** The workloads that alternate in one JVM; names travel between JVMs. */
enum WriterWorkload {
    READ("two consumers that only read (limit)"),
    PARSE("two consumers that only parse (limit)"),
    DRAIN("stats-writer, two consumers");

    private final String label;

    WriterWorkload(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
