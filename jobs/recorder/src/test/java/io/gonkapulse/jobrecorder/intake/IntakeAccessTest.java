package io.gonkapulse.jobrecorder.intake;

import static io.gonkapulse.jobrecorder.intake.TestIntake.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gonkapulse.jobrecorder.intake.keys.TestJobKeys;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestTopicReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntakeAccessTest {

    private static final String JOB = "0199c1a0-0000-7000-8000-000000000001";
    private static final String NIGHTLY = event(JOB, "started", "nightly-report");
    private static final String BACKUP = event(JOB, "started", "backup");
    private static final String WITHOUT_BOT = NIGHTLY.replace("\"botId\":\"nightly-report\"", "\"seq\":1");

    private final TestBroker broker;
    private final TestJobKeys keys;
    /** Has keys only. */
    private final TestIntake closed;
    /** Has keys, and lets programs on this machine report without one. */
    private final TestIntake open;

    private final TestTopicReader topic;

    IntakeAccessTest(TestBroker broker, @TempDir Path folder) {
        this.broker = broker;
        TestIntake.createTopic(broker);
        keys = new TestJobKeys(folder.resolve("keys"));
        String file = "--recorder.keys-file=" + keys.path();
        closed = new TestIntake(broker, file).connected();
        open = new TestIntake(broker, file, "--recorder.anonymous=loopback").connected();
        topic = broker.reader("job.events");
        topic.read();
    }

    @AfterAll
    void stop() {
        closed.close();
        open.close();
        topic.close();
    }

    @AfterEach
    void skipRecords() {
        topic.read();
    }

    @Test
    void requiresKey() {
        HttpResponse<String> response = closed.postEvents(NIGHTLY);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("key_required");
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void acceptsKeyInBothHeaders() {
        String key = keys.run("create", "both", "--bots", "nightly-*");

        assertThat(closed.postEvents(NIGHTLY, "Authorization", "bearer " + key).statusCode())
                .isEqualTo(202);
        assertThat(closed.postEvents(NIGHTLY, "X-Api-Key", key).statusCode()).isEqualTo(202);
        assertThat(topic.read()).hasSize(2);
    }

    @Test
    void keyReportsForItsBotsOnly() {
        String key = keys.run("create", "cron", "--bots", "nightly-*,daily");

        HttpResponse<String> response = closed.postEvents(NIGHTLY + "\n" + BACKUP, "Authorization", "Bearer " + key);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("bot_not_allowed", "\"line\":2", "\"field\":\"botId\"", "backup", "daily, nightly-*");
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void keyOfAllBotsMayOmitBot() {
        String all = keys.run("create", "all", "--bots", "*");
        String some = keys.run("create", "some", "--bots", "nightly-*");

        assertThat(closed.postEvents(WITHOUT_BOT, "Authorization", "Bearer " + all)
                        .statusCode())
                .isEqualTo(202);
        HttpResponse<String> refused = closed.postEvents(WITHOUT_BOT, "Authorization", "Bearer " + some);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("bot_not_allowed", "Line 1: Field botId is missing");
    }

    @Test
    void keyLimitsLineage() {
        String key = keys.run("create", "lineage", "--bots", "billing.*");
        String run = """
                {"eventTime":"2026-03-10T11:59:00Z","eventType":"START","producer":"https://example.org",
                 "run":{"runId":"%s"},"job":{"namespace":"sales","name":"Load"}}""".formatted(JOB);

        HttpResponse<String> response = closed.post(
                TestIntake.LINEAGE, "application/json", BodyPublishers.ofString(run), "Authorization", "Bearer " + key);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void revokedKeyIsRefused() {
        String key = keys.run("create", "revoked", "--bots", "*");
        assertThat(closed.postEvents(NIGHTLY, "Authorization", "Bearer " + key).statusCode())
                .isEqualTo(202);

        keys.run("revoke", "revoked");

        HttpResponse<String> response = closed.postEvents(NIGHTLY, "Authorization", "Bearer " + key);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("key_unknown");
    }

    @Test
    void limitsRateOfKey() {
        String key = keys.run("create", "slow", "--bots", "*", "--requests-per-minute", "1");
        closed.postEvents(NIGHTLY, "Authorization", "Bearer " + key);

        HttpResponse<String> response = closed.postEvents(NIGHTLY, "Authorization", "Bearer " + key);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("rate_limited");
    }

    @Test
    void thisMachineNeedsNoKey() {
        assertThat(open.postEvents(WITHOUT_BOT).statusCode()).isEqualTo(202);
    }

    @Test
    void unknownKeyIsRefusedOnThisMachine() {
        assertThat(open.postEvents(NIGHTLY, "Authorization", "Bearer none").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-Forwarded-Anything",
                "X-Real-IP",
                "Via",
                "Origin"
            })
    void refusesForwardedRequestWithoutKey(String header) {
        HttpResponse<String> response = open.postEvents(NIGHTLY, header, "127.0.0.1");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("forwarded_request");
        assertThat(topic.read()).isEmpty();
    }

    @Test
    void forwardedRequestWithKeyIsAccepted() {
        String key = keys.run("create", "behind-proxy", "--bots", "*");

        assertThat(open.postEvents(NIGHTLY, "Authorization", "Bearer " + key, "X-Forwarded-For", "192.0.2.1")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void otherAddressesNeedKey() throws SocketException {
        Optional<String> address = otherAddress();
        assumeThat(address).as("needs an address besides the loopback").isPresent();

        HttpResponse<String> response = open.post(
                address.orElseThrow(), TestIntake.EVENTS, "application/x-ndjson", BodyPublishers.ofString(NIGHTLY));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void clientCannotChooseItsAddress() {
        // Tomcat reads and removes the header.
        try (TestIntake proxied = new TestIntake(
                broker, "--recorder.anonymous=loopback", "--server.tomcat.remoteip.remote-ip-header=X-Client")) {
            assertThat(proxied.postEvents(NIGHTLY, "X-Client", "127.0.0.1").statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--server.forward-headers-strategy=native",
                "--server.forward-headers-strategy=FRAMEWORK",
                "--spring.main.cloud-platform=kubernetes"
            })
    void refusesToTrustProxiesAndAddresses(String setting) {
        assertThatThrownBy(() -> new TestIntake(broker, "--recorder.anonymous=loopback", setting).close())
                .hasStackTraceContaining("RECORDER_ANONYMOUS is loopback and SERVER_FORWARD_HEADERS_STRATEGY is");
    }

    @Test
    void startsOnPlatformWithoutProxyHeaders() {
        try (TestIntake cloud = new TestIntake(
                broker,
                "--recorder.anonymous=loopback",
                "--spring.main.cloud-platform=kubernetes",
                "--server.forward-headers-strategy=none")) {
            assertThat(cloud.postEvents(NIGHTLY).statusCode()).isEqualTo(202);
        }
    }

    private static Optional<String> otherAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
