package io.gonkapulse.jobrecorder.intake.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A key file that the command {@code keys} writes, at noon of 2026-03-10. */
public record TestJobKeys(Path path) {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));

    /** Runs a command that must succeed, and returns what it prints. */
    public String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(command().setOut(new PrintWriter(out, true)).execute(withFile(arguments)))
                .isZero();
        return out.toString().strip();
    }

    /** Runs a command that must fail, and returns what it reports. */
    public String fail(String... arguments) {
        StringWriter err = new StringWriter();
        assertThat(command().setErr(new PrintWriter(err, true)).execute(withFile(arguments)))
                .isNotZero();
        return err.toString();
    }

    private static CommandLine command() {
        return new CommandLine(new JobKeysCommand(NOON));
    }

    private String[] withFile(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--file", path.toString()))
                .toArray(String[]::new);
    }
}
