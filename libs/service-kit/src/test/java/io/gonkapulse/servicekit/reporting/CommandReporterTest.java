package io.gonkapulse.servicekit.reporting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandReporterTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-31T12:00:00Z"));
    private static final String API_KEY = "gp_0123456789abcdefghijklmnop";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final JobEventCodec codec = new JobEventCodec();
    private final TestBroker broker;

    CommandReporterTest(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeAll
    void createTopic() {
        KafkaTopic topic = KafkaTopic.JOB_EVENTS;
        broker.createTopic(topic.name(), topic.partitions(), topic.configs());
    }

    @Test
    void reportsCommandAsJob() {
        UUID parent = UUID.fromString("0192aaaa-0000-7000-8000-000000000001");

        int exitCode = run(
                Map.of("JOBS_CREATED_BY", "first", "JOBS_JOB_ID", parent.toString()), "paper", "copy", "--times", "3");

        assertThat(exitCode).isZero();
        List<JobEvent> events = eventsOf("first");
        assertThat(events)
                .extracting(JobEvent::type)
                .containsExactly(
                        JobEventType.STARTED,
                        JobEventType.STAGE_STARTED,
                        JobEventType.STAGE_SUCCEEDED,
                        JobEventType.SUCCEEDED);
        assertThat(events.get(0).origin().source()).isEqualTo("press");
        assertThat(events.get(0).description().botId()).isEqualTo("print.paper-copy");
        assertThat(events.get(0).description().parentId()).isEqualTo(parent);
        assertThat(requireNonNull(events.get(0).description().createdBy()).role())
                .isEqualTo("operator");
        assertThat(events.get(0).details().meta())
                .isEqualTo("{\"command\":\"paper copy\",\"arguments\":{\"--times\":\"3\"}}");
        assertThat(events.get(3).details().result()).isEqualTo("{\"pages\":3}");
        assertThat(out.toString()).isEqualTo("copied 3\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void failureHasPrintedMessage() {
        assertThat(run(Map.of("JOBS_CREATED_BY", "second"), "paper", "copy", "--times", "0"))
                .isEqualTo(1);

        JobEvent last = lastEventOf("second");
        assertThat(last.type()).isEqualTo(JobEventType.FAILED);
        assertThat(requireNonNull(last.details().error()).name()).isEqualTo("exit code 1");
        assertThat(requireNonNull(last.details().error()).message()).isEqualTo("Error: nothing to copy");
        assertThat(err.toString()).isEqualTo("Error: nothing to copy\n");
    }

    @Test
    void failureWithoutMessageHasFigures() {
        assertThat(run(Map.of("JOBS_CREATED_BY", "third"), "paper", "copy", "--times", "2", "--jam"))
                .isEqualTo(3);

        assertThat(requireNonNull(lastEventOf("third").details().error()).message())
                .isEqualTo("pages: 2");
    }

    @Test
    void reportsNoSecrets() {
        int exitCode = run(
                Map.of(
                        "JOBS_CREATED_BY",
                        "fourth",
                        "SPRING_KAFKA_SSL_KEY_PASSWORD",
                        "of-the-environment",
                        "DATABASE_URL",
                        "postgres://login:of-the-url@host/database"),
                "lock",
                "--password",
                "of-an-option",
                "--url",
                "http://login:of-a-login@host/",
                "--say",
                "of-the-environment of-the-url of-the-command-line token=of-a-message",
                API_KEY);

        assertThat(exitCode).isEqualTo(1);
        assertThat(lastEventOf("fourth").type()).isEqualTo(JobEventType.FAILED);
        assertThat(eventsOf("fourth"))
                .extracting(JobEvent::type)
                .contains(JobEventType.STAGE_STARTED, JobEventType.PROGRESS);
        assertThat(valuesOf("fourth"))
                .allSatisfy(event -> assertThat(event)
                        .doesNotContain(
                                "of-an-option",
                                "of-a-login",
                                "of-the-environment",
                                "of-the-url",
                                "of-the-command-line",
                                "of-a-message",
                                API_KEY));
    }

    @Test
    void otherCommandsAreNotReported() {
        assertThat(run(Map.of("JOBS_CREATED_BY", "fifth"), "paper", "count")).isZero();
        assertThat(run(Map.of("JOBS_CREATED_BY", "fifth"), "paper", "copy", "--help"))
                .isZero();
        assertThat(run(Map.of("JOBS_CREATED_BY", "fifth", "JOBS_REPORT", "off"), "paper", "copy"))
                .isZero();

        assertThat(valuesOf("fifth")).isEmpty();
    }

    @Test
    void unreachableKafkaChangesNothingButOneLine() {
        Map<String, String> unreachable =
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1", "JOBS_CLOSE_TIMEOUT", "100ms");

        assertThat(run(unreachable, "paper", "copy")).isZero();
        assertThat(out.toString()).isEqualTo("copied 1\n");
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("Warning: this command is not fully reported as a job: 4 events were lost: ");
    }

    @Test
    void invalidSettingChangesNothingButOneLine() {
        assertThat(run(Map.of("JOBS_REPORT", "kafak"), "paper", "copy")).isZero();

        assertThat(out.toString()).isEqualTo("copied 1\n");
        assertThat(err.toString().lines())
                .containsExactly("Warning: this command is not fully reported as a job: JOBS_REPORT: "
                        + "Expected kafka, http or off, got \"kafak\"");
    }

    private int run(Map<String, String> settings, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Map<String, String> environment =
                new HashMap<>(Map.of("JOBS_REPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()));
        environment.putAll(settings);
        CommandLine line = new CommandLine(new PressCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return new CommandReporter("press", "print", environment, CLOCK)
                .execute(line, List.of("--db.password=of-the-command-line"), arguments);
    }

    private JobEvent lastEventOf(String operator) {
        List<JobEvent> events = eventsOf(operator);
        return events.get(events.size() - 1);
    }

    private List<JobEvent> eventsOf(String operator) {
        return valuesOf(operator).stream()
                .map(value -> codec.decode(value.getBytes(UTF_8)))
                .toList();
    }

    private List<String> valuesOf(String operator) {
        return broker.records(KafkaTopic.JOB_EVENTS.name()).stream()
                .map(record -> new String(record.requireValue(), UTF_8))
                .filter(value -> value.contains("\"name\":\"" + operator + '"'))
                .toList();
    }

    @Command(
            name = "press",
            subcommands = {PaperCommand.class, LockCommand.class})
    static final class PressCommand {}

    @Command(name = "paper")
    static final class PaperCommand {

        @Spec
        private @Nullable CommandSpec spec;

        @Command(name = "copy", mixinStandardHelpOptions = true)
        int copy(
                @Mixin CommandReport report,
                @Option(names = "--times", defaultValue = "1") int times,
                @Option(names = "--jam") boolean jam) {
            CommandLine line = requireNonNull(spec).commandLine();
            if (times == 0) {
                line.getErr().println("Error: nothing to copy");
                return 1;
            }
            report.stage("print");
            report.result("pages", times);
            line.getOut().println("copied " + times);
            return jam ? 3 : 0;
        }

        @Command(name = "count")
        int count() {
            return 0;
        }
    }

    @Command(name = "lock")
    static final class LockCommand implements Callable<Integer> {

        @Mixin
        private CommandReport report = new CommandReport();

        @Option(names = "--password")
        private String password = "";

        @Option(names = "--url")
        private String url = "";

        @Option(names = "--say")
        private String message = "";

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            report.stage("say " + password);
            report.progress(Map.of("text", message));
            report.result("name", name);
            requireNonNull(spec).commandLine().getErr().println(message + ' ' + url + ' ' + password);
            return 1;
        }
    }
}
