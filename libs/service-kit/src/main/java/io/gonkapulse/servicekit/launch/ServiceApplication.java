package io.gonkapulse.servicekit.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.servicekit.observability.FailureFormatter;
import io.gonkapulse.servicekit.reporting.CommandReporter;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Runs a service, or another command, from the command line. Exit codes: 0 done, 1 failed, 2 usage
 * or configuration; a signal ends the process as usual on the platform.
 */
public final class ServiceApplication {

    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    /** Spring's settings contain a dot; picocli's options do not. */
    private static final Predicate<String> SPRING_SETTING = Pattern.compile(
                    "--[\\w-]+(?:\\[\\d+])?(?:\\.[\\w\\[\\]-]+)+=.*", Pattern.DOTALL)
            .asMatchPredicate();

    private final String name;
    private final String summary;
    private final Class<?> application;
    private final Map<String, Function<ServiceRunner, Object>> commands = new LinkedHashMap<>();
    private @Nullable CommandReporter reporter;

    /**
     * Creates a program with the command {@code run}.
     *
     * @param name name of the jar and of the YAML file
     * @param summary one sentence for {@code --help}
     */
    public ServiceApplication(String name, String summary, Class<?> application) {
        this.name = name;
        this.summary = summary;
        this.application = application;
    }

    /**
     * Adds a command.
     *
     * @param factory creates a picocli command, which may {@linkplain ServiceRunner#openContext
     *      open} the service's context
     */
    public ServiceApplication withCommand(String command, Function<ServiceRunner, Object> factory) {
        commands.put(command, factory);
        return this;
    }

    /**
     * Reports commands with a {@link io.gonkapulse.servicekit.reporting.CommandReport} as jobs, if {@code JOBS_REPORT}
     * says so. The program needs job-reporter on its class path.
     *
     * @param botPrefix beginning of the bots' ids, such as {@code earnings} of {@code earnings.rebuild}
     */
    public ServiceApplication withJobReports(String botPrefix, Map<String, String> environment, InstantSource clock) {
        reporter = new CommandReporter(name, botPrefix, environment, clock);
        return this;
    }

    public int run(String... arguments) {
        return run(writer(System.out), writer(System.err), arguments);
    }

    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        Map<Boolean, List<String>> split = new LinkedHashMap<>();
        for (String argument : arguments) {
            split.computeIfAbsent(SPRING_SETTING.test(argument), key -> new ArrayList<>())
                    .add(argument);
        }
        List<String> settings = split.getOrDefault(true, List.of());
        String[] rest = split.getOrDefault(false, List.of()).toArray(String[]::new);
        CommandLine line = commandLine(new ServiceRunner(name, application, settings, isReporting()), out, err);
        return reporter == null ? line.execute(rest) : reporter.execute(line, settings, rest);
    }

    private boolean isReporting() {
        return reporter != null && reporter.isOn();
    }

    private static PrintWriter writer(PrintStream stream) {
        OutputStream bytes = stream;
        return new PrintWriter(bytes, true, UTF_8);
    }

    private CommandLine commandLine(ServiceRunner service, PrintWriter out, PrintWriter err) {
        CommandLine program = new CommandLine(new RunServiceCommand(service)).setCommandName(name);
        program.addSubcommand("run", new RunServiceCommand(service));
        commands.forEach((command, factory) -> program.addSubcommand(command, factory.apply(service)));
        describe(program);
        return program.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((failure, rest) -> reportUsageError(failure))
                .setExecutionExceptionHandler((failure, line, result) -> reportFailure(line.getErr(), failure));
    }

    private void describe(CommandLine program) {
        CommandSpec spec = program.getCommandSpec();
        spec.usageMessage()
                .description(summary, "Without a command: run.")
                .footer(
                        "",
                        "Settings come from the environment or, as Spring properties, from the command line",
                        "(--server.port=8080). Exit codes: 0 done, 1 failed, 2 usage or configuration.");
        spec.version(name + " "
                + Optional.ofNullable(application.getPackage().getImplementationVersion())
                        .orElse("(not from a jar)"));
    }

    private static int reportUsageError(ParameterException failure) {
        failure.getCommandLine().getErr().println("Error: " + failure.getMessage() + " (see --help)");
        return MISCONFIGURED;
    }

    private int reportFailure(PrintWriter err, Exception failure) {
        Optional<String> setting = InvalidSettingAnalyzer.analyze(failure);
        err.println("Error: " + setting.orElseGet(() -> name + " failed: " + FailureFormatter.format(failure)));
        return setting.isPresent() ? MISCONFIGURED : FAILED;
    }

    @Command(mixinStandardHelpOptions = true, description = "Runs the service until it is stopped.")
    private static final class RunServiceCommand implements Callable<Integer> {

        private final ServiceRunner service;

        RunServiceCommand(ServiceRunner service) {
            this.service = service;
        }

        @Override
        public Integer call() {
            return service.runUntilStopped();
        }
    }
}
