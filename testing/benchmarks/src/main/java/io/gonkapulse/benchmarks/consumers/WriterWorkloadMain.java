package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ProcessMemoryMonitor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Alternates the limits and the service in one JVM, so that all are equally warm. */
final class WriterWorkloadMain {

    private static final String MEMORY = "MEMORY ";
    /** Large polls, so that Kafka is not the limit. */
    private static final Map<String, Object> LARGE_POLLS =
            Map.of("max.poll.records", 100_000, "max.partition.fetch.bytes", 4 << 20);

    /** Names travel between JVMs. */
    enum Workload {
        READ("two consumers that only read (limit)"),
        PARSE("two consumers that only parse (limit)"),
        DRAIN("stats-writer, two consumers"),
        DRAIN_REST("stats-writer, from its committed offsets");

        private final String label;

        Workload(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        /** Parses the records per second of each run. */
        List<Double> rates(List<String> reports) {
            return reports.stream()
                    .filter(line -> line.startsWith(this + " "))
                    .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                    .toList();
        }
    }

    private WriterWorkloadMain() {}

    /**
     * Reports a workload and its records per second for each run, and finally peak heap and peak resident set in bytes.
     *
     * @param args bootstrap servers, JDBC URL, records in the topic, iterations, workloads
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        int records = Integer.parseInt(args[2]);
        List<Workload> workloads =
                Arrays.stream(args).skip(4).map(Workload::valueOf).toList();
        PlainTopicReader reading = new PlainTopicReader(args[0], false, LARGE_POLLS);
        PlainTopicReader parsing = new PlainTopicReader(args[0], true, LARGE_POLLS);
        DrainRunner drain = new DrainRunner(args[0], args[1]);
        for (int iteration = Integer.parseInt(args[3]); iteration > 0; iteration--) {
            for (Workload workload : workloads) {
                double rate = switch (workload) {
                    case READ -> reading.run(records);
                    case PARSE -> parsing.run(records);
                    case DRAIN -> {
                        drain.resetOffsets();
                        yield drain.run(records);
                    }
                    case DRAIN_REST -> drain.run(records);
                };
                ForkedProcess.report(workload + " " + rate);
            }
        }
        ForkedProcess.report(
                MEMORY + ProcessMemoryMonitor.heapPoolPeakBytes() + " " + ProcessMemoryMonitor.peakResidentBytes());
        System.exit(0);
    }

    /** Runs workloads in a process of their own and returns its reports. */
    static List<String> run(
            List<String> jvmOptions, BenchmarkServers servers, int records, int iterations, Workload... workloads) {
        String[] arguments = Stream.concat(
                        Stream.of(servers.bootstrapServers(), servers.jdbcUrl(), records, iterations),
                        Stream.of(workloads))
                .map(String::valueOf)
                .toArray(String[]::new);
        try (ForkedProcess program = ForkedProcess.start(jvmOptions, WriterWorkloadMain.class, arguments)) {
            return program.allReports();
        }
    }

    /** Parses the memory of a run. */
    static MemoryFootprint footprint(String name, List<String> reports) {
        String[] bytes = reports.stream()
                .filter(line -> line.startsWith(MEMORY))
                .findFirst()
                .orElseThrow()
                .substring(MEMORY.length())
                .split(" ", 2);
        return new MemoryFootprint(name, 0, Long.parseLong(bytes[0]), Long.parseLong(bytes[1]), 0);
    }
}
