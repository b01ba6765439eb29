package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.fork.ForkClassPath;
import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.benchmarks.results.Footprint;
import io.gonkapulse.benchmarks.results.ResultRow;
import io.gonkapulse.testkit.local.DisposableHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Polls of either kind, small and large; the site, the broker and what is measured have a JVM each. */
public final class PollerSuite {

    private static final List<Integer> SIZES = List.of(500, 10_000, 100_000);
    private static final List<String> SITE_OPTIONS = List.of("-Xmx2g");
    private static final List<String> BROKER_OPTIONS = List.of("-Xmx512m");

    /** All of it on a heap as small as one would give it. */
    private static final String HEAP = "-Xmx128m";

    private final List<Findings> findings = new ArrayList<>();

    public List<ResultRow> run(Effort effort) {
        Integer only = Integer.getInteger("benchmarks.poller.participants");
        return run(effort, only == null ? SIZES : List.of(only));
    }

    List<ResultRow> run(Effort effort, List<Integer> sizes) {
        ForkClassPath.prepare();
        try (DisposableHome home = DisposableHome.in(Path.of(System.getProperty("java.io.tmpdir")), "poller-bench");
                ForkedProgram broker = ForkedProgram.start(
                        BROKER_OPTIONS,
                        BrokerMain.class,
                        home.path().resolve("broker").toString())) {
            Path files = Files.createDirectory(home.path().resolve("files"));
            String servers = broker.hear();
            for (int size : sizes) {
                measure(size, servers, files, effort);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make a directory for temporary files", e);
        }
        return findings.stream().flatMap(found -> found.rates().stream()).toList();
    }

    /** What the polls of the last run took. */
    public List<Footprint> footprints() {
        return findings.stream().map(Findings::footprint).toList();
    }

    private void measure(int size, String servers, Path files, Effort effort) {
        try (ForkedProgram site = ForkedProgram.start(SITE_OPTIONS, SiteMain.class, String.valueOf(size))) {
            for (PolledKind kind : PolledKind.values()) {
                List<String> options = List.of(HEAP, "-Djava.io.tmpdir=" + files);
                try (ForkedProgram poller = ForkedProgram.start(
                        options, PollingMain.class, kind.name(), site.hear(), servers, effort.name())) {
                    String name = String.format(Locale.ROOT, "%s, %,d participants", kind.word(), size);
                    findings.add(new Findings(name, poller.hearAll()));
                }
            }
        }
    }
}
