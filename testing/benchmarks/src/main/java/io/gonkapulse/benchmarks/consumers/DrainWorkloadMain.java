package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ProcessMemoryMonitor;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Alternates the limits and the service in one JVM, so that all are equally warm. */
final class DrainWorkloadMain {

    private static final String MEMORY = "MEMORY ";
    private static final List<String> WORKLOAD_OPTIONS = List.of("-Xmx2g", "-XX:+UseParallelGC");
    /** Large polls, so that Kafka is not the limit. */
    private static final Map<String, Object> LARGE_POLLS =
            Map.of("max.poll.records", 100_000, "max.partition.fetch.bytes", 4 << 20);

    /** Names travel between JVMs. */
    enum Workload {
        READ("two consumers that only read (limit)"),
        PARSE("two consumers that only parse (limit)"),
        DRAIN("%s, two consumers"),
        DRAIN_REST("%s, from its committed offsets");

        private final String label;

        Workload(String label) {
            this.label = label;
        }

        String label(DrainedService service) {
            return label.formatted(service.group());
        }

        /** Parses the records per second of each run. */
        List<Double> rates(List<String> reports) {
            return reports.stream()
                    .filter(line -> line.startsWith(this + " "))
                    .map(line -> Double.valueOf(line.substring(line.indexOf(' ') + 1)))
                    .toList();
        }
    }

    private DrainWorkloadMain() {}

    /**
     * Reports a workload and its records per second for each run, and finally peak heap and peak resident set in bytes.
     *
     * @param args service, bootstrap servers, JDBC URL, records in the topic, iterations, workloads
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        DrainedService service = DrainedService.valueOf(args[0]);
        int records = Integer.parseInt(args[3]);
        List<Workload> workloads =
                Arrays.stream(args).skip(5).map(Workload::valueOf).toList();
        PlainTopicReader reading = new PlainTopicReader(service.topic(), args[1], false, LARGE_POLLS);
        PlainTopicReader parsing = new PlainTopicReader(service.topic(), args[1], true, LARGE_POLLS);
        try (DrainRunner drain = new DrainRunner(service, args[1], args[2])) {
            for (int iteration = Integer.parseInt(args[4]); iteration > 0; iteration--) {
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
                    // The progress: standard output belongs to the parent.
                    System.err.printf("%s: %,.0f per second%n", workload.label(service), rate);
                }
            }
        }
        ForkedProcess.report(
                MEMORY + ProcessMemoryMonitor.heapPoolPeakBytes() + " " + ProcessMemoryMonitor.peakResidentBytes());
        System.exit(0);
    }

    /** Runs workloads in a process of their own and returns its reports. */
    static List<String> run(
            DrainedService service,
            List<String> jvmOptions,
            BenchmarkServers servers,
            int records,
            int iterations,
            Workload... workloads) {
        String[] arguments = Stream.concat(
                        Stream.<Object>of(service, servers.bootstrapServers(), servers.jdbcUrl(), records, iterations),
                        Stream.of(workloads))
                .map(String::valueOf)
                .toArray(String[]::new);
        try (ForkedProcess program = ForkedProcess.start(jvmOptions, DrainWorkloadMain.class, arguments)) {
            return program.allReports();
        }
    }

    /**
     * Runs the limits and the service in turn. Returns a row for each workload; the service is compared with both
     * limits.
     *
     * @param what the records, for the names of the rows
     */
    static List<ResultRow> compare(
            DrainedService service, String what, EffortLevel effort, int records, BenchmarkServers servers) {
        List<String> reports = run(
                service,
                WORKLOAD_OPTIONS,
                servers,
                records,
                effort.warmupIterations() + effort.iterations(),
                Workload.READ,
                Workload.PARSE,
                Workload.DRAIN);
        ResultRow read = row(Workload.READ, service, what, effort, reports);
        ResultRow parse = row(Workload.PARSE, service, what, effort, reports);
        ResultRow drain = row(Workload.DRAIN, service, what, effort, reports);
        return List.of(read, parse, drain.comparedWith(parse), drain.comparedWith(read));
    }

    private static ResultRow row(
            Workload workload, DrainedService service, String what, EffortLevel effort, List<String> reports) {
        return ResultRow.of(
                what + ": " + workload.label(service),
                workload.rates(reports).stream().skip(effort.warmupIterations()).toList());
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
