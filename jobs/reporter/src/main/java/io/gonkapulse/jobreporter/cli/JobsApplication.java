package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.jobreporter.JobReporterProperties.Transport;
import io.gonkapulse.jobreporter.TimeSpanParser;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** Parses the command line, runs the command and maps failures to exit codes. */
final class JobsApplication {

    private final ProgramContext context;

    JobsApplication(ProgramContext context) {
        this.context = context;
    }

    int run(String... arguments) {
        CommandLine line = new CommandLine(new JobsCommand());
        // What follows the command belongs to it.
        line.addSubcommand(new CommandLine(new RunJobCommand(context)).setStopAtPositional(true))
                .addSubcommand(new EmitEventsCommand(context))
                .setOut(context.out())
                .setErr(context.err())
                .setUsageHelpWidth(110)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, text -> convert(text, TimeSpanParser::parse))
                .registerConverter(Transport.class, text -> convert(text, Transport::ofWord))
                .setParameterExceptionHandler((e, args) -> handleUsageError(e));
        return line.execute(arguments);
    }

    private int handleUsageError(ParameterException failure) {
        context.err().println("Error: " + failure.getMessage() + " (see --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static <T> T convert(String text, Conversion<T> conversion) {
        try {
            return conversion.convert(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private interface Conversion<T> {
        T convert(String text);
    }

    /** The root, which does nothing by itself. */
    @Command(
            name = "jobs",
            mixinStandardHelpOptions = true,
            scope = ScopeType.INHERIT,
            subcommandsRepeatable = false,
            synopsisSubcommandLabel = "COMMAND",
            versionProvider = JobsVersionProvider.class,
            description = "Reports jobs: runs a command as a job, or sends events of a file.",
            footer = {
                "",
                "Kafka: KAFKA_BOOTSTRAP_SERVERS=host:port, and the same SPRING_KAFKA_... settings as the services.",
                "HTTP: JOBS_URL=http://recorder:8084 and JOBS_KEY."
            })
    private static final class JobsCommand {}

    /** Reads the version that the build wrote into the manifest of the jar. */
    static final class JobsVersionProvider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = JobsVersionProvider.class.getPackage().getImplementationVersion();
            return new String[] {"jobs " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
