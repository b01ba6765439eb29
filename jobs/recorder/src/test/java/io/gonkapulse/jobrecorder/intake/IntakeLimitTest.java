package io.gonkapulse.jobrecorder.intake;

import static io.gonkapulse.jobrecorder.intake.TestIntake.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestTopicReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeLimitTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MEGABYTE = 1 << 20;
    private static final String NDJSON = "application/x-ndjson";
    private static final String LINE =
            event("0199c1a0-0000-7000-8000-000000000001", "heartbeat", "nightly-report") + '\n';

    private final TestBroker broker;
    private final TestIntake intake;
    private final TestTopicReader topic;

    IntakeLimitTest(TestBroker broker) {
        this.broker = broker;
        TestIntake.createTopic(broker);
        intake = new TestIntake(broker, "--recorder.anonymous=loopback", "--recorder.max-in-flight=1").connected();
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
    void acceptsTenThousandLines() {
        HttpResponse<String> response = intake.postEvents(LINE.repeat(10_000));

        assertThat(response.body()).isEqualTo("{\"accepted\":10000}");
        assertThat(topic.read()).hasSize(10_000);
    }

    @Test
    void refusesMoreLines() {
        requireRefusal(intake.postEvents(LINE.repeat(10_000) + LINE), 413, "too_many_lines", "10,000 lines");
    }

    @Test
    void acceptsLongestLine() {
        String line = LINE.strip() + " ".repeat((64 << 10) - LINE.strip().length());

        assertThat(intake.postEvents(line).body()).isEqualTo("{\"accepted\":1}");
    }

    @Test
    void refusesLongerLine() {
        String line = LINE.strip() + " ".repeat((64 << 10) + 1 - LINE.strip().length());

        requireRefusal(intake.postEvents(LINE + line), 413, "line_too_large", "Line 2 is larger than 64 kB");
    }

    @Test
    void refusesAnnouncedSize() {
        requireRefusal(intake.postEvents(largeBody()), 413, "body_too_large", "5 MB");
    }

    @Test
    void refusesSizeThatIsNotAnnounced() {
        BodyPublisher chunks = BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(largeBody().getBytes(UTF_8)));

        requireRefusal(intake.post(TestIntake.EVENTS, NDJSON, chunks), 413, "body_too_large", "5 MB");
    }

    @Test
    void readsCompressedBody() throws IOException {
        HttpResponse<String> response = postGzip(gzip(LINE.repeat(3)));

        assertThat(response.body()).isEqualTo("{\"accepted\":3}");
        assertThat(topic.read()).hasSize(3);
    }

    @Test
    void limitsUncompressedSize() throws IOException {
        requireRefusal(postGzip(gzip(largeBody())), 413, "body_too_large", "5 MB");
    }

    @Test
    void refusesIncompleteGzip() throws IOException {
        byte[] complete = gzip(LINE.repeat(3));
        byte[] cut = Arrays.copyOf(complete, complete.length - 10);

        requireRefusal(postGzip(cut), 400, "malformed_request", "gzip");
    }

    @Test
    void refusesOtherEncodings() {
        requireRefusal(
                intake.postEvents(LINE, "Content-Encoding", "br"), 415, "unsupported_media_type", "Content-Encoding");
    }

    @Test
    void limitsLineage() {
        requireRefusal(
                intake.post(
                        TestIntake.LINEAGE,
                        "application/json",
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[6 * MEGABYTE]))),
                413,
                "body_too_large",
                "5 MB");
    }

    @Test
    void sendsNothingOfInterruptedRequest() throws IOException {
        double before = intake.requests("disconnected");
        try (RawPost request = new RawPost(intake, TestIntake.EVENTS, NDJSON, 2 * LINE.length())) {
            request.write(LINE);
        }

        await().atMost(TIMEOUT).until(() -> intake.requests("disconnected") > before);
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void refusesConcurrentRequests() throws IOException {
        HttpResponse<String> refused = refusedResponse();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("overloaded");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        await().atMost(TIMEOUT).until(() -> intake.postEvents(LINE).statusCode() == 202);
    }

    /** The open request may be refused in the place of the other one; then the next is opened. */
    private HttpResponse<String> refusedResponse() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (RawPost request = new RawPost(intake, TestIntake.EVENTS, NDJSON, 2 * LINE.length())) {
                request.write(LINE);
                HttpResponse<String> response = await().atMost(TIMEOUT)
                        .until(
                                () -> intake.postEvents(LINE),
                                posted -> posted.statusCode() != 202 || request.hasResponse());
                if (response.statusCode() != 202) {
                    return response;
                }
            }
        }
        throw new AssertionError("Expected one of two concurrent requests to be refused, got none");
    }

    @Test
    void refusesSlowBody() throws IOException {
        try (TestIntake impatient =
                        new TestIntake(broker, "--recorder.anonymous=loopback", "--recorder.read-timeout=1s");
                RawPost request = new RawPost(impatient, TestIntake.LINEAGE, "application/json", 5 * MEGABYTE)) {
            assertThat(request.writeUntilResponse(4 * MEGABYTE)).startsWith("HTTP/1.1 408");
        }
    }

    private void requireRefusal(HttpResponse<String> response, int status, String code, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"" + code + '"', detail);
        assertThat(topic.read()).isEmpty();
    }

    private HttpResponse<String> postGzip(byte[] body) {
        return intake.post(TestIntake.EVENTS, NDJSON, BodyPublishers.ofByteArray(body), "Content-Encoding", "gzip");
    }

    /** Lines of 10,000 bytes, so that no other limit applies. */
    private static String largeBody() {
        String line = LINE.strip() + " ".repeat(10_000 - LINE.length()) + '\n';
        return line.repeat(5 * MEGABYTE / line.length() + 1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
