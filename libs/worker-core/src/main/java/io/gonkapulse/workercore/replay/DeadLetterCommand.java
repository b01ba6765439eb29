package io.gonkapulse.workercore.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.servicekit.launch.ServiceRunner;
import io.gonkapulse.servicekit.reporting.CommandReport;
import io.gonkapulse.workercore.deadletter.DeadLetter;
import java.io.PrintWriter;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dlt list|show|replay}, a command of every service with consumers. */
@Command(
        name = "dlt",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists, shows and replays dead letters: invalid records with the reason.")
public final class DeadLetterCommand {

    private final ServiceRunner service;

    @Spec
    private @Nullable CommandSpec spec;

    public DeadLetterCommand(ServiceRunner service) {
        this.service = service;
    }

    @Command(description = "Counts dead letters by topic and reason.", mixinStandardHelpOptions = true)
    int list() {
        return withDeadLetters(deadLetters -> {
            deadLetters
                    .list()
                    .forEach(summary -> out().printf(
                                    "%-28s %-24s %8d dead letters %8d pending  %s .. %s%n",
                                    summary.topic(),
                                    summary.reason(),
                                    summary.count(),
                                    summary.pending(),
                                    summary.oldest(),
                                    summary.newest()));
            return 0;
        });
    }

    @Command(description = "Prints dead letters, oldest first.", mixinStandardHelpOptions = true)
    int show(
            @Option(names = "--limit", defaultValue = "20", description = "Maximum per topic (default 20).")
                    long limit) {
        return withDeadLetters(deadLetters -> {
            deadLetters.show(limit, this::print);
            return 0;
        });
    }

    @Command(
            description = "Sends pending records back to their source topic, each once.",
            mixinStandardHelpOptions = true)
    int replay(
            @Mixin CommandReport report,
            @Option(names = "--limit", defaultValue = "9223372036854775807", description = "Maximum per topic.")
                    long limit,
            @Option(names = "--dry-run", description = "Prints what would be sent, and sends nothing.")
                    boolean dryRun) {
        return withDeadLetters(deadLetters -> {
            DeadLetterService.DeadLetterReplayCounts counts = deadLetters.replay(
                    limit, dryRun, deadLetter -> out().println(deadLetter.source() + " " + deadLetter.reason()));
            out().printf(
                            "%d %s, skipped %d duplicates and %d without value%n",
                            counts.sent(),
                            dryRun ? "would be sent" : "sent",
                            counts.duplicates(),
                            counts.valueOmitted());
            report.result(dryRun ? "wouldBeSent" : "sent", counts.sent());
            report.result("duplicates", counts.duplicates());
            report.result("withoutValue", counts.valueOmitted());
            return 0;
        });
    }

    private void print(DeadLetter deadLetter) {
        out().printf("%s  %s: %s%n", deadLetter.source(), deadLetter.reason(), deadLetter.error());
        out().printf("  key   %s%n  value %s%n", format(deadLetter.key()), format(deadLetter.value()));
    }

    /** Replaces control characters, because a value may contain escape sequences for the terminal. */
    private static String format(byte @Nullable [] bytes) {
        return bytes == null ? "(none)" : new String(bytes, UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private int withDeadLetters(ToIntFunction<DeadLetterService> work) {
        try (ConfigurableApplicationContext context = service.openContext()) {
            return work.applyAsInt(context.getBean(DeadLetterService.class));
        }
    }

    private PrintWriter out() {
        return spec == null
                ? new PrintWriter(System.out, true, UTF_8)
                : spec.commandLine().getOut();
    }
}
