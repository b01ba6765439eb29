package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;

@ExtendWith(OutputCaptureExtension.class)
class ServiceApplicationTest {

    private static final String[] REQUIRED_SETTINGS = {
        "--db.host=h",
        "--db.database=d",
        "--db.username=u",
        "--db.password=s3cret",
        "--kafka.bootstrap.servers=k1:9092,k2:9092"
    };

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void commandUsesFileDefaultsAndEnvironment(CapturedOutput output) {
        assertThat(run("show", "--sample.ttl=90s")).isZero();

        assertThat(output)
                .contains("SampleProperties[label=from the file, ttl=PT1M30S, batchSize=1, parts=[]] "
                        + "at jdbc:postgresql://h:5432/d as u with k1:9092,k2:9092 for sample")
                .doesNotContain("s3cret")
                .doesNotContain("Spring Boot ::");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sample.ttl=soon | --sample.ttl: expected a duration such as 500ms, 30s or 5m, got \"soon\"",
                "--sample.batch-size=0 | --sample.batch-size: must be greater than or equal to 1, got \"0\"",
                "--sample.batch-size=many | --sample.batch-size: expected a whole number, got \"many\"",
                "--sample.label= | --sample.label: must not be blank, got \"\"",
                "--sample.parts[0].colour=blue | --sample.parts[0].colour: expected one of RED, GREEN, got \"blue\"",
                "--sample.ttl=-1s | SAMPLE_TTL: expected no less than 0s, got PT-1S",
                "--db.port=none | DB_PORT: expected a port from 1 to 65535, got \"none\"",
                "--db.host= | DB_HOST is missing: set DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD and DB_DATABASE, "
                        + "or DATABASE_URL=postgres://user:password@host:port/database",
                "--database.url=mysql://u:s3cret@h/d | DATABASE_URL: expected postgres://user:password@host:port/"
                        + "database?sslmode=…, got mysql://…@h/d (in a password, write % as %25, @ as %40, / as %2F, : as %3A)",
                "--kafka.bootstrap.servers= | KAFKA_BOOTSTRAP_SERVERS is missing: set it to host:port, or several with commas",
                "--spring.kafka.bootstrap-servers=k | "
                        + "SPRING_KAFKA_BOOTSTRAP_SERVERS: expected host:port, or several with commas, got \"k\"",
            })
    void reportsInvalidSettingInOneLine(String argument, String message, CapturedOutput output) {
        assertThat(run("show", argument)).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("Error: " + message);
        assertThat(output)
                .doesNotContain("\tat ")
                .doesNotContain("APPLICATION FAILED")
                .doesNotContain("s3cret");
    }

    @Test
    void otherFailuresExitWithOne() {
        assertThat(run("fail")).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("Error: sample failed: out of paper");
    }

    @Test
    void commandOverridesUserSettings() {
        assertThat(run("insist", "--sample.ttl=90s", "--sample.batchSize=3", "--sample.label=mine"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).contains("SampleProperties[label=mine, ttl=PT1S, batchSize=7, parts=[]]");
    }

    @Test
    void rejectsUnknownOption() {
        assertThat(run("--colour")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--colour'").contains("--help");
    }

    @Test
    void helpAndVersionNeedNoSettings() {
        ServiceApplication program = SampleMain.program();

        assertThat(program.run(new PrintWriter(out), new PrintWriter(err), "--help"))
                .isZero();
        assertThat(out.toString())
                .startsWith("Usage: sample")
                .contains("Shows how a service starts.", "run", "show", "Exit codes:");
        assertThat(program.run(new PrintWriter(out), new PrintWriter(err), "--version"))
                .isZero();
        assertThat(out.toString()).contains("sample (not from a jar)");
    }

    private int run(String... arguments) {
        return SampleMain.program()
                .withCommand("fail", service -> new FailingCommand())
                .withCommand("insist", service -> new OverridingCommand(service, out))
                .run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        Stream.concat(
                                        Stream.of(arguments),
                                        Stream.of(REQUIRED_SETTINGS).filter(known -> !isOverridden(known, arguments)))
                                .toArray(String[]::new));
    }

    private static boolean isOverridden(String known, String... arguments) {
        String prefix = known.substring(0, known.indexOf('=') + 1);
        return Stream.of(arguments).anyMatch(argument -> argument.startsWith(prefix));
    }

    @Command(name = "insist")
    private record OverridingCommand(ServiceRunner service, StringWriter out) implements Runnable {

        @Override
        public void run() {
            try (ConfigurableApplicationContext context =
                    service.openContext("--sample.ttl=1s", "--sample.batch-size=7")) {
                out.append(context.getBean(SampleProperties.class).toString());
            }
        }
    }

    @Command(name = "fail")
    private static final class FailingCommand implements Runnable {

        @Override
        public void run() {
            throw new IllegalStateException("out of paper");
        }
    }
}
