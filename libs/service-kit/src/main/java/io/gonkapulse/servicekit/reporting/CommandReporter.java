package io.gonkapulse.servicekit.reporting;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.ReportedJob;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs the commands of a program, and reports those with a {@link CommandReport} as jobs. Reporting changes neither
 * their exit code nor their output, except by a line on stderr when reports are lost.
 */
public final class CommandReporter {

    private static final String OFF = "off";
    private static final String CREATED_BY = "JOBS_CREATED_BY";

    /** Set by the program {@code jobs} that runs this one. */
    private static final String PARENT = "JOBS_JOB_ID";

    private static final String ROLE = "operator";

    private final String program;
    private final String botPrefix;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /**
     * Creates the reporter of a program.
     *
     * @param program the source of its events
     * @param botPrefix the bot of the command {@code dlt replay} is {@code prefix.dlt-replay}
     */
    public CommandReporter(String program, String botPrefix, Map<String, String> environment, InstantSource clock) {
        this.program = program;
        this.botPrefix = botPrefix;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Whether commands are reported. */
    public boolean isOn() {
        String transport =
                environment.getOrDefault(JobReporterProperties.REPORT, "").strip();
        return !transport.isEmpty() && !transport.equals(OFF);
    }

    /**
     * Runs the command that the arguments name.
     *
     * @param settings further arguments, which the command line does not know
     */
    public int execute(CommandLine line, List<String> settings, String... arguments) {
        if (!isOn()) {
            return line.execute(arguments);
        }
        PrintWriter errors = line.getErr();
        ErrorOutputWriter copy = new ErrorOutputWriter(errors);
        SecretMasker masker = new SecretMasker(environment, settings);
        List<RunningCommand> started = new ArrayList<>();
        line.setErr(new PrintWriter(copy, true));
        line.setExecutionStrategy(parsed -> {
            start(parsed, masker, errors, started);
            return new RunLast().execute(parsed);
        });
        int exitCode = CommandLine.ExitCode.SOFTWARE;
        try {
            exitCode = line.execute(arguments);
        } finally {
            for (RunningCommand command : started) {
                command.end(exitCode, copy, errors);
            }
        }
        return exitCode;
    }

    private void start(ParseResult parsed, SecretMasker masker, PrintWriter errors, List<RunningCommand> started) {
        List<ParseResult> path = path(parsed);
        ParseResult command = path.get(path.size() - 1);
        CommandReport report = reportOf(command.commandSpec());
        if (report == null || command.isUsageHelpRequested() || command.isVersionHelpRequested()) {
            return;
        }
        try {
            silence();
            started.add(startCommand(path, report, masker));
        } catch (RuntimeException | LinkageError e) {
            warn(errors, masker.mask(String.valueOf(e.getMessage())));
        }
    }

    private RunningCommand startCommand(List<ParseResult> path, CommandReport report, SecretMasker masker) {
        JobReporter reporter = JobReporter.open(JobReporterProperties.ofProgram(environment, program), clock);
        try {
            return new RunningCommand(reporter, startJob(reporter, path, masker), report, masker);
        } catch (RuntimeException | LinkageError e) {
            reporter.close();
            throw e;
        }
    }

    private ReportedJob startJob(JobReporter reporter, List<ParseResult> path, SecretMasker masker) {
        List<String> names = path.stream()
                .skip(1)
                .map(command -> command.commandSpec().name())
                .toList();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("command", String.join(" ", names));
        Map<String, String> arguments = arguments(path, masker);
        if (!arguments.isEmpty()) {
            meta.put("arguments", arguments);
        }
        return reporter.job(botPrefix + "." + String.join("-", names))
                .createdBy(creator())
                .parent(parent())
                .meta(meta)
                .start();
    }

    private JobCreator creator() {
        String name = environment.getOrDefault(CREATED_BY, "").strip();
        String operator = name.isEmpty() ? System.getProperty("user.name", "") : name;
        return new JobCreator(JobLimits.truncate(operator, JobLimits.MAX_NAME_LENGTH), ROLE, null);
    }

    /** A value that is no id does not come from the program {@code jobs}. */
    private @Nullable UUID parent() {
        try {
            return environment.containsKey(PARENT) ? UUID.fromString(environment.getOrDefault(PARENT, "")) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<ParseResult> path(ParseResult parsed) {
        List<ParseResult> path = new ArrayList<>();
        for (ParseResult command = parsed; command != null; command = command.subcommand()) {
            path.add(command);
        }
        return path;
    }

    private static @Nullable CommandReport reportOf(CommandSpec command) {
        return command.mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(CommandReport.class::isInstance)
                .map(CommandReport.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** As the operator wrote them, without secrets. */
    private static Map<String, String> arguments(List<ParseResult> path, SecretMasker masker) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (ParseResult command : path) {
            for (OptionSpec option : command.matchedOptions()) {
                arguments.put(option.longestName(), value(option, option.longestName(), masker));
            }
            for (PositionalParamSpec parameter : command.matchedPositionals()) {
                arguments.put(parameter.paramLabel(), value(parameter, parameter.paramLabel(), masker));
            }
        }
        return arguments;
    }

    private static String value(ArgSpec argument, String name, SecretMasker masker) {
        if (argument.interactive() || SecretMasker.isSecret(name)) {
            argument.stringValues().forEach(masker::addValue);
            return SecretMasker.MASK;
        }
        argument.stringValues().forEach(masker::addValuesIn);
        return masker.mask(String.join(",", argument.stringValues()));
    }

    /** Logs go to stdout, among the results of the command. */
    private static void silence() {
        LoggingSystem logging = LoggingSystem.get(CommandReporter.class.getClassLoader());
        logging.setLogLevel("org.apache.kafka", LogLevel.OFF);
        logging.setLogLevel("io.gonkapulse.jobreporter", LogLevel.OFF);
    }

    static void warn(PrintWriter errors, String cause) {
        errors.println("Warning: this command is not fully reported as a job: " + cause);
        errors.flush();
    }
}
