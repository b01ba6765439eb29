package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsApplicationTest {

    private static final String EVENT =
            "{\"v\":1,\"jobId\":\"0192d3a4-5f2c-7abc-8def-0123456789ab\",\"event\":\"started\","
                    + "\"at\":\"2026-11-28T10:00:00Z\",\"source\":\"test\",\"botId\":\"nightly\"}\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private ByteArrayOutputStream rawErrors = new ByteArrayOutputStream();
    private final EventSink sink;

    JobsApplicationTest() throws IOException {
        sink = EventSink.start();
        environment.putAll(sink.settings());
    }

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    void emitSendsOwnEvents() {
        assertThat(run(EVENT + "\r\n\n" + EVENT.replace("started", "succeeded").strip(), "emit"))
                .isZero();

        assertThat(out.toString()).isEqualTo("2 events of 4 lines sent" + System.lineSeparator());
        assertThat(sink.types()).containsExactly(JobEventType.STARTED, JobEventType.SUCCEEDED);
    }

    @Test
    void emitStopsAtInvalidLine() {
        assertThat(run(EVENT + EVENT.replace("nightly", "Nightly") + EVENT, "emit"))
                .isEqualTo(1);

        assertThat(err.toString()).contains("jobs: line 2: Expected botId of 1 to 64 characters");
        assertThat(sink.events()).hasSize(1);
    }

    @Test
    void emitKeepsGoing() {
        String tooLong = "x".repeat(JobLimits.MAX_EVENT_BYTES + 1) + "\n";

        assertThat(run("{}\n" + tooLong + EVENT, "emit", "--keep-going")).isEqualTo(1);

        assertThat(err.toString())
                .contains("jobs: line 1: Field v is missing")
                .contains("jobs: line 2: Expected at most 65536 bytes, got more")
                .contains("jobs: 2 invalid lines");
        assertThat(sink.events()).hasSize(1);
    }

    @Test
    void emitSendsWhileTheInputPauses() throws Exception {
        PipedOutputStream producer = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(producer);
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> run(input, "emit"));

        producer.write((EVENT + EVENT.substring(0, 20)).getBytes(UTF_8));
        producer.flush();
        await().atMost(ONE_MINUTE).untilAsserted(() -> assertThat(sink.events()).hasSize(1));
        producer.write(EVENT.substring(20).getBytes(UTF_8));
        producer.close();

        assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(sink.events()).hasSize(2);
    }

    @Test
    void runWaitsForItsErrorOutput() {
        CompletableFuture<Void> reading =
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1_500, TimeUnit.MILLISECONDS));
        rawErrors = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                reading.join();
                super.write(bytes, from, length);
            }
        };

        assertThat(run("", "run", "--bot", "a", "sh", "-c", "seq 20000 >&2; echo the end >&2; exit 3"))
                .isEqualTo(3);

        assertThat(rawErrors.toString(UTF_8)).startsWith("1\n2\n").endsWith("20000\nthe end\n");
        assertThat(requireNonNull(sink.last().details().error()).message()).isEqualTo("the end");
    }

    @ParameterizedTest
    @CsvSource({"tick", "purged", "lost"})
    void emitRefusesEventsOfTheRecorder(String type) {
        String event = EVENT.replace("started", type)
                .replace("\"botId\"", "\"leaseUntil\":\"2026-11-28T10:00:00Z\",\"botId\"")
                .replace("0192d3a4-5f2c-7abc-8def-0123456789ab", id(type));

        assertThat(run(event, "emit")).isEqualTo(1);

        assertThat(err.toString())
                .contains("line 1: Field event: expected an event that a producer reports, got " + type);
    }

    private static String id(String type) {
        return type.equals("tick") ? "00000000-0000-0000-0000-000000000000" : "0192d3a4-5f2c-7abc-8def-0123456789ab";
    }

    @Test
    void emitTranslatesLinesOfBots(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bot.log"), """
                {"type":"log","msg":"start"}
                {"ts":"2026-11-28T23:42:37.384Z","type":"job.failed","jobId":"d52c9e60-74f3-403e-9dcf-02ced3346097",\
                "bot":"scrape-plan","error":{"name":"Canceled"}}
                """);

        assertThat(run("", "emit", "--dialect", "bot", "--file", file.toString()))
                .isZero();

        assertThat(out.toString()).startsWith("1 events of 2 lines sent");
        assertThat(sink.types()).containsExactly(JobEventType.CANCELED);
    }

    @Test
    void emitTranslatesOpenLineage() {
        String event = "{\"eventType\":\"ABORT\",\"eventTime\":\"2026-11-28T02:00:04Z\",\"producer\":\"https://x\","
                + "\"run\":{\"runId\":\"01941f29-7c00-7087-8940-40e5bdae6b12\"},\"job\":{\"namespace\":\"n\",\"name\":\"a\"}}";

        assertThat(run(event, "emit", "--dialect", "openlineage")).isZero();

        assertThat(sink.types()).containsExactly(JobEventType.CANCELED);
    }

    @Test
    void emitGivesUpAfterItsTimeout() {
        environment.put("JOBS_URL", "http://127.0.0.1:9");

        assertThat(run(EVENT, "emit", "--timeout", "50ms")).isEqualTo(1);

        assertThat(err.toString()).contains("jobs: 1 events not sent: Cannot reach http://127.0.0.1:9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run true                              | Missing required option: '--bot=BOT'",
                "run --bot a                           | Missing required parameter: 'COMMAND'",
                "run --bot A true                      | Expected botId of 1 to 64 characters",
                "run --bot a --id 7 true               | Invalid value for option '--id'",
                "run --bot a --meta [] true            | Expected a JSON object, got another text: Field meta",
                "run --bot a --meta {},\"trace\":\"x\" true | Expected one JSON object, got another text",
                "run --bot a --lease 10ms true         | Expected a lease from 1 second to 7 days",
                "run --bot a --lease soon true         | Expected a duration such as 30s",
                "run --bot a --to kafka true           | Expected KAFKA_BOOTSTRAP_SERVERS=host:port",
                "emit --to pigeon                      | Expected kafka, http or off, got \"pigeon\"",
                "emit --to off                         | Expected the transport kafka or http, got off",
                "emit --dialect latin                  | Invalid value for option '--dialect'",
            })
    void wrongUsageIsNamed(String arguments, String message) {
        assertThat(run("", arguments.strip().split(" +"))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({"run --bot a true", "emit"})
    void missingSettingNamesBoth(String arguments) {
        environment.clear();

        assertThat(run("", arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("KAFKA_BOOTSTRAP_SERVERS").contains("JOBS_URL");
    }

    @ParameterizedTest
    @CsvSource({"--help", "run --help", "emit --help", "--version"})
    void helpNeedsNoSettings(String arguments) {
        environment.clear();

        assertThat(run("", arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("jobs");
    }

    private int run(String input, String... arguments) {
        return run(new ByteArrayInputStream(input.getBytes(UTF_8)), arguments);
    }

    private int run(InputStream input, String... arguments) {
        return new JobsApplication(new ProgramContext(
                        environment,
                        InstantSource.system(),
                        input,
                        new PrintWriter(out, true),
                        rawErrors,
                        new PrintWriter(err, true)))
                .run(arguments);
    }
}
