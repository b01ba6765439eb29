package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.workercore.replay.TopicReader;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code replay --from TIME|earliest}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Applies stored snapshots again while the live consumers run. Safe to repeat.")
public final class ReplayCommand implements Callable<Integer> {

    private final ServiceRunner service;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME|earliest",
            description = "Records sent since this time, as 2026-01-31T00:00:00Z, or all.")
    private String from = "";

    @Mixin
    private CommandReport commandReport = new CommandReport();

    @Spec
    private @Nullable CommandSpec spec;

    public ReplayCommand(ServiceRunner service) {
        this.service = service;
    }

    @Override
    public Integer call() {
        Optional<Instant> since = parseFrom();
        try (ConfigurableApplicationContext context = service.openContext()) {
            SnapshotReplayRunner.SnapshotReplayReport report =
                    context.getBean(SnapshotReplayRunner.class).run(since, this::print);
            out().printf(
                            "%d snapshots read, %d newer than the stored ones, %d invalid%n",
                            report.read(), report.stored(), report.invalid());
            commandReport.result("read", report.read());
            commandReport.result("stored", report.stored());
            commandReport.result("invalid", report.invalid());
            return 0;
        }
    }

    private Optional<Instant> parseFrom() {
        if (from.equals("earliest")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(from));
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--from: expected a time as 2026-01-31T00:00:00Z or earliest, got " + from,
                    e);
        }
    }

    private void print(TopicReader.ReadProgress progress) {
        commandReport.progress(Map.of("read", progress.read(), "total", progress.total()));
        out().printf(
                        "%,d of %,d (%d %%)%n",
                        progress.read(), progress.total(), 100 * progress.read() / progress.total());
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("Expected to be run by picocli");
        }
        return spec;
    }
}
