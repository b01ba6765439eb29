package io.gonkapulse.migrations;

import io.gonkapulse.migrations.scripts.DurationParser;
import io.gonkapulse.migrations.scripts.MigrationException;
import io.gonkapulse.servicekit.settings.SettingException;
import io.gonkapulse.servicekit.settings.SettingSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the command line, runs the command and maps failures to exit codes. Takes properties and environment as
 * parameters, so that tests need no process.
 */
public final class MigrationsApplication {

    /** Spring-style options, which picocli does not parse. */
    private static final Pattern SPRING_OPTION = Pattern.compile("--((?:spring|db|database)\\.[^=]+)=(.*)");

    private final PrintWriter out;
    private final PrintWriter err;

    public MigrationsApplication(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command.
     *
     * @return the exit code
     */
    public int run(List<String> arguments, Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> options = new HashMap<>();
        List<String> rest = new ArrayList<>();
        for (String argument : arguments) {
            Matcher option = SPRING_OPTION.matcher(argument);
            if (option.matches()) {
                options.put(option.group(1), option.group(2));
            } else {
                rest.add(argument);
            }
        }
        return commandLine(SettingSource.of(options, properties, environment)).execute(rest.toArray(String[]::new));
    }

    private CommandLine commandLine(SettingSource settings) {
        MigrationsCommand program = new MigrationsCommand(settings, line -> {
            out.println(line);
            out.flush();
        });
        return new CommandLine(program)
                .addSubcommand(new MigrateCommand(program))
                .addSubcommand(new StatusCommand(program))
                .addSubcommand(new VersionCommand(program))
                .addSubcommand(new ValidateCommand(program))
                .addSubcommand(new UndoCommand(program))
                .addSubcommand(new RepairCommand(program))
                .addSubcommand(new NewCommand(program))
                .addSubcommand(new AdoptCommand(program))
                .addSubcommand(new SeedCommand(program))
                .addSubcommand(new ResetCommand(program))
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(110)
                .registerConverter(Duration.class, MigrationsApplication::duration)
                .registerConverter(ZoneId.class, ZoneId::of)
                .setParameterExceptionHandler((e, args) -> handleUsageError(e))
                .setExecutionExceptionHandler((e, line, result) -> handleFailure(e));
    }

    private static Duration duration(String text) {
        try {
            return DurationParser.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private int handleUsageError(ParameterException failure) {
        err.println("Error: " + failure.getMessage() + " (see --help)");
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** Known failures are one line for an operator; a bug keeps its stack trace. */
    private int handleFailure(Exception failure) throws Exception {
        if (failure instanceof MigrationException known) {
            err.println("Error: " + known.getMessage());
            err.flush();
            return known.exitCode();
        }
        if (failure instanceof SettingException) {
            err.println("Error: " + failure.getMessage());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
        throw failure;
    }
}
