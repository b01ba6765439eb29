package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.harness.BrokerMain;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import io.gonkapulse.localservers.DisposableDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Polls both tracker types with few and many participants. Tracker, broker and poller each have their own JVM. */
public final class PollerSuite {

    private static final List<Integer> SIZES = List.of(500, 10_000, 100_000);
    private static final List<String> TRACKER_OPTIONS = List.of("-Xmx2g");
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx512m");

    /** A small heap, as in production: the measurement includes its garbage collection. */
    private static final String HEAP = "-Xmx128m";

    private final List<PollerMeasurements> measurements = new ArrayList<>();

    public List<ResultRow> run(EffortLevel effort) {
        Integer only = Integer.getInteger("benchmarks.poller.participants");
        return run(effort, only == null ? SIZES : List.of(only));
    }

    List<ResultRow> run(EffortLevel effort, List<Integer> sizes) {
        ForkClassPath.prepare();
        try (DisposableDirectory home =
                        DisposableDirectory.createIn(Path.of(System.getProperty("java.io.tmpdir")), "poller-bench");
                ForkedProcess broker = ForkedProcess.start(
                        BROKER_OPTIONS,
                        BrokerMain.class,
                        home.path().resolve("broker").toString(),
                        BrokerMain.WITH_TOPICS)) {
            Path files = Files.createDirectory(home.path().resolve("files"));
            String servers = broker.nextReport();
            for (int size : sizes) {
                measure(size, servers, files, effort);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create a directory for temporary files", e);
        }
        return measurements.stream()
                .flatMap(measurement -> measurement.resultRows().stream())
                .toList();
    }

    /** Memory footprints of the last run. */
    public List<MemoryFootprint> footprints() {
        return measurements.stream().map(PollerMeasurements::footprint).toList();
    }

    /** The tracker process serves both tracker types; it reports their addresses in the order of the types. */
    private void measure(int size, String servers, Path files, EffortLevel effort) {
        try (ForkedProcess tracker =
                ForkedProcess.start(TRACKER_OPTIONS, SimulatedTrackersMain.class, String.valueOf(size))) {
            for (PolledTrackerType type : PolledTrackerType.values()) {
                List<String> options = List.of(HEAP, "-Djava.io.tmpdir=" + files);
                try (ForkedProcess poller = ForkedProcess.start(
                        options, PollingMain.class, type.name(), tracker.nextReport(), servers, effort.name())) {
                    String name = String.format(Locale.ROOT, "%s, %,d participants", type.typeName(), size);
                    measurements.add(new PollerMeasurements(name, poller.allReports()));
                }
            }
        }
    }
}
