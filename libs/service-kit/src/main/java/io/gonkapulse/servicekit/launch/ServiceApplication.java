package io.gonkapulse.servicekit.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * From a command line to a service that runs until it is stopped, or to another command, and to an exit code: 0 done, 1
 * failed, 2 usage or configuration; a signal ends the process as the platform has it.
 */
public final class ServiceApplication {

    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    /** Spring's settings have a dot in them; picocli's options have none. */
    private static final Predicate<String> SPRING_SETTING = Pattern.compile(
                    "--[\\w-]+(?:\\[\\d+])?(?:\\.[\\w\\[\\]-]+)+=.*", Pattern.DOTALL)
            .asMatchPredicate();

    private final String name;
    private final String summary;
    private final Class<?> application;
    private final Map<String, Function<ServiceRunner, Object>> commands = new LinkedHashMap<>();

    /**
     * A program with the command {@code run} alone.
     *
     * @param name of the jar and of the yaml file
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
     * @param command makes a picocli command from the service whose parts it may {@link ServiceRunner#openContext open}
     */
    public ServiceApplication withCommand(String command, Function<ServiceRunner, Object> factory) {
        commands.put(command, factory);
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
        ServiceRunner service = new ServiceRunner(name, application, split.getOrDefault(true, List.of()));
        return commandLine(service, out, err)
                .execute(split.getOrDefault(false, List.of()).toArray(String[]::new));
    }

    private static PrintWriter writer(PrintStream stream) {
        OutputStream bytes = stream;
        return new PrintWriter(bytes, true, UTF_8);
    }

    private CommandLine commandLine(ServiceRunner service, PrintWriter out, PrintWriter err) {
        CommandLine program = new CommandLine(new RunServiceCommand(service)).setCommandName(name);
        program.addSubcommand("run", new RunServiceCommand(service));
        commands.forEach((command, maker) -> program.addSubcommand(command, maker.apply(service)));
        describe(program);
        return program.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((failure, rest) -> reportUsageError(err, failure))
                .setExecutionExceptionHandler((failure, line, result) -> reportFailure(err, failure));
    }

    private void describe(CommandLine program) {
        CommandSpec spec = program.getCommandSpec();
        spec.usageMessage()
                .description(summary, "Without a command: run.")
                .footer(
                        "",
                        "Settings come from the environment, or from the command line in Spring's words",
                        "(--server.port=8080). Exit codes: 0 done, 1 failed, 2 usage or configuration.");
        spec.version(name + " "
                + Optional.ofNullable(application.getPackage().getImplementationVersion())
                        .orElse("(not from a jar)"));
    }

    private static int reportUsageError(PrintWriter err, ParameterException failure) {
        err.println("Error: " + failure.getMessage() + " (--help lists what there is)");
        return MISCONFIGURED;
    }

    private int reportFailure(PrintWriter err, Exception failure) {
        Optional<String> setting = InvalidSettingAnalyzer.analyze(failure);
        err.println("Error: " + setting.orElseGet(() -> name + " ended: " + FailureFormatter.format(failure)));
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
