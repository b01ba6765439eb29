package io.gonkapulse.jobreporter.cli;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.JobReporterProperties.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where to report to; shared by the commands. */
final class ReportingOptions {

    /** Of the command that mixes these options in. */
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--to",
            paramLabel = "kafka|http|off",
            description =
                    "Where to report to. Default: kafka if KAFKA_BOOTSTRAP_SERVERS is set, else http if JOBS_URL is"
                            + " set. off (also JOBS_REPORT=off) only runs the command.")
    private @Nullable Transport transport;

    JobReporterProperties read(Map<String, String> environment) {
        return JobReporterProperties.ofProgram(environment, hostName(environment), transport(environment));
    }

    /** For an invalid option or setting. */
    ParameterException usageError(IllegalArgumentException cause) {
        return new ParameterException(requireNonNull(command).commandLine(), String.valueOf(cause.getMessage()), cause);
    }

    private Transport transport(Map<String, String> environment) {
        if (transport != null) {
            return transport;
        }
        String word = environment.getOrDefault(JobReporterProperties.REPORT, "").strip();
        if (!word.isEmpty()) {
            return Transport.ofWord(word);
        }
        if (environment.containsKey(JobReporterProperties.BOOTSTRAP_SERVERS)) {
            return Transport.KAFKA;
        }
        if (environment.containsKey(JobReporterProperties.URL)) {
            return Transport.HTTP;
        }
        throw new IllegalArgumentException("Expected the setting " + JobReporterProperties.BOOTSTRAP_SERVERS
                + "=host:port or " + JobReporterProperties.URL + "=http://host:port, got neither");
    }

    /** The source of the events. No look-up: without a name server it would delay the command. */
    private static String hostName(Map<String, String> environment) {
        return Stream.of(
                        environment.getOrDefault("HOSTNAME", ""),
                        environment.getOrDefault("COMPUTERNAME", ""),
                        kernelHostName())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("jobs");
    }

    /** Shells know HOSTNAME, but do not pass it on. */
    private static String kernelHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException e) {
            return "";
        }
    }
}
