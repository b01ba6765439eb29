package io.gonkapulse.jobrecorder.intake;

import static io.gonkapulse.jobrecorder.intake.TestIntake.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestTopicReader;
import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventIntakeTest {

    private static final String JOB = "0199c1a0-0000-7000-8000-000000000001";
    private static final String OTHER_JOB = "0199c1a0-0000-7000-8000-000000000002";
    private static final String GOOD = event(JOB, "started", "nightly-report");

    private final TestIntake intake;
    private final TestTopicReader topic;

    EventIntakeTest(TestBroker broker) {
        TestIntake.createTopic(broker);
        intake = new TestIntake(broker, "--recorder.anonymous=loopback").connected();
        topic = broker.reader("job.events");
        topic.read();
    }

    @AfterAll
    void stop() {
        intake.close();
        topic.close();
    }

    @AfterEach
    void skipRecords() {
        topic.read();
    }

    @Test
    void publishesEventsAsTheyAre() {
        String other = event(OTHER_JOB, "succeeded", "backup");

        HttpResponse<String> response = intake.postEvents(GOOD + "\r\n\n" + other);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":2}");
        assertThat(topic.read())
                .extracting(EventIntakeTest::keyAndValue)
                .containsExactlyInAnyOrder(JOB + " " + GOOD + "\r", OTHER_JOB + " " + other);
    }

    @Test
    void readsEventsOfBotPlatform() {
        String accepted = """
                {"ts":"2026-03-10T11:59:00.000Z","service":"bots","type":"job.accepted","jobId":"%s","bot":"Scrape"}""".formatted(JOB);
        String other = "{\"ts\":\"2026-03-10T11:59:00.000Z\",\"type\":\"server.started\"}";
        double before = intake.events("bot");

        HttpResponse<String> response = intake.post(
                TestIntake.EVENTS + "?dialect=bot",
                "application/x-ndjson",
                BodyPublishers.ofString(other + "\n" + accepted + "\n"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":1}");
        JobEvent event = onlyEvent();
        assertThat(event.type()).isEqualTo(JobEventType.ACCEPTED);
        assertThat(event.description().botId()).isEqualTo("scrape");
        assertThat(intake.events("bot")).isEqualTo(before + 1);
    }

    @Test
    void readsOpenLineage() {
        HttpResponse<String> response = postLineage("""
                {"eventTime":"2026-03-10T11:59:00Z","eventType":"COMPLETE","producer":"https://example.org",
                 "run":{"runId":"%s"},"job":{"namespace":"billing","name":"Load"},
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"}""".formatted(JOB));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":1}");
        JobEvent event = onlyEvent();
        assertThat(event.jobId()).hasToString(JOB);
        assertThat(event.type()).isEqualTo(JobEventType.SUCCEEDED);
        assertThat(event.description().botId()).isEqualTo("billing.load");
    }

    @Test
    void ignoresLineageWithoutRun() {
        HttpResponse<String> response = postLineage("""
                {"eventTime":"2026-03-10T11:59:00Z","producer":"https://example.org",
                 "dataset":{"namespace":"billing","name":"invoices"},
                 "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent"}""");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"accepted\":0}");
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void refusesLineageWithItsField() {
        HttpResponse<String> response = postLineage("""
                {"eventTime":"2026-03-10T11:59:00Z","eventType":"START","producer":"https://example.org",
                 "run":{"runId":"none"},"job":{"namespace":"billing","name":"Load"}}""");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"bad_event\"", "\"field\":\"run.runId\"");
    }

    @Test
    void sendsNothingOfRequestWithBadLine() {
        String bad = GOOD.replace("11:59", "12:11");

        HttpResponse<String> response = intake.postEvents(GOOD + "\n\n" + GOOD + "\n" + bad);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(response.body())
                .contains(
                        "\"code\":\"bad_event\"", "\"line\":4", "\"field\":\"at\"", "Line 4: Field at: expected a time")
                .doesNotContain("instance");
        assertThat(topic.read()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at|2026-03-10T11:59:00Z|2025-02-01T00:00:00Z",
                "event|\"started\"|\"purged\"",
                "event|\"started\"|\"lost\",\"leaseUntil\":\"2026-03-10T11:59:00Z\"",
                "event|" + JOB + "\",\"event\":\"started\"|00000000-0000-0000-0000-000000000000\",\"event\":\"tick\"",
                "botId|nightly-report|Nightly",
                "attempt|\"source\"|\"attempt\":0,\"source\"",
                "leaseMillis|\"source\"|\"leaseMillis\":1,\"source\"",
                "acceptedAt|\"source\"|\"acceptedAt\":\"2026-03-10T12:11:00Z\",\"source\"",
                "jobId|" + JOB + "|none",
            })
    void refusesValue(String field, String good, String bad) {
        HttpResponse<String> response = intake.postEvents(GOOD.replace(good, bad));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("bad_event", "\"line\":1", "\"field\":\"" + field + '"');
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void refusesTextThatIsNoJson() {
        assertThat(intake.postEvents("hello").body()).contains("bad_event", "Line 1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void refusesEmptyBody(String body) {
        HttpResponse<String> response = intake.postEvents(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("empty_body");
    }

    @Test
    void refusesUnknownDialect() {
        HttpResponse<String> response = intake.post(
                TestIntake.EVENTS + "?dialect=robot", "application/x-ndjson", BodyPublishers.ofString(GOOD));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("bad_parameter");
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void refusesForms() {
        HttpResponse<String> response = intake.post(
                TestIntake.EVENTS, "application/x-www-form-urlencoded", BodyPublishers.ofString("dialect=bot"));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("unsupported_media_type", "application/x-ndjson");
    }

    @Test
    void refusesOtherMethodsAndRoutes() {
        assertThat(intake.get(TestIntake.EVENTS).statusCode()).isEqualTo(405);
        assertThat(intake.get(TestIntake.EVENTS).body()).contains("method_not_allowed");
        assertThat(intake.get("/api/v1/nothing").body()).contains("route_not_found");
    }

    @Test
    void returnsRequestIdOfClient() {
        HttpResponse<String> response = intake.postEvents("", "X-Request-Id", "client-1");

        assertThat(response.headers().firstValue("X-Request-Id")).hasValue("client-1");
        assertThat(response.body()).contains("\"id\":\"client-1\"");
    }

    @Test
    void countsRequests() {
        double accepted = intake.requests("accepted");
        double refused = intake.requests("empty_body");

        intake.postEvents(GOOD);
        intake.postEvents("");

        assertThat(intake.requests("accepted")).isEqualTo(accepted + 1);
        assertThat(intake.requests("empty_body")).isEqualTo(refused + 1);
    }

    private HttpResponse<String> postLineage(String body) {
        return intake.post(TestIntake.LINEAGE, "application/json", BodyPublishers.ofString(body));
    }

    private JobEvent onlyEvent() {
        List<TestTopicRecord> records = topic.read();
        assertThat(records).hasSize(1);
        return new JobEventCodec().decode(records.get(0).requireValue());
    }

    private static String keyAndValue(TestTopicRecord found) {
        return new String(Objects.requireNonNull(found.key()), UTF_8) + ' ' + new String(found.requireValue(), UTF_8);
    }
}
