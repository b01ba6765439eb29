package io.gonkapulse.jobreporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.job.JobEventType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReporterTest {

    @Test
    void offOpensNoThread() {
        try (JobReporter reporter =
                        JobReporter.open(JobReporterProperties.fromEnvironment(Map.of(), "test"), new SettableTime());
                ReportedJob job = reporter.start("a")) {
            job.stage("load");
            job.fail(new IllegalStateException());

            assertThat(job.id().version()).isEqualTo(7);
            assertThat(reporter.counts()).isEqualTo(new JobReportCounts(0, Map.of(), Map.of(), Map.of(), null));
            awaitNoThreads();
        }
    }

    /** Those of an earlier test may end a little later. */
    private static void awaitNoThreads() {
        await().atMost(ONE_MINUTE).until(() -> threads() == 0);
    }

    @Test
    void threadsEndWithTheReporter() {
        awaitNoThreads();
        TestReporter test = new TestReporter();
        assertThat(threads()).isEqualTo(2);

        test.close();

        awaitNoThreads();
        assertThat(test.publisher.isClosed()).isTrue();
    }

    @Test
    void sleepingReporterWakesUp() {
        try (TestReporter test = new TestReporter()) {
            await().atMost(ONE_MINUTE)
                    .until(() -> Thread.getAllStackTraces().entrySet().stream()
                            .filter(thread -> thread.getKey().getName().equals("job-reporter-sender"))
                            .allMatch(thread -> thread.getKey().getState() == Thread.State.WAITING));

            test.reporter.start("a").succeed();

            await().atMost(ONE_MINUTE)
                    .untilAsserted(() -> assertThat(test.publisher.words()).containsExactly("started", "succeeded"));
        }
    }

    @Test
    void fullBufferDropsByImportance() throws InterruptedException {
        try (TestReporter test = new TestReporter(6)) {
            test.publisher.pause();
            BufferedJob first = (BufferedJob) test.reporter.start("a");
            test.publisher.awaitCall();
            // In flight: the start. Five more fit.
            first.progress(Map.of("done", 1));
            first.stage("load");
            first.stage("compare");
            test.time.advance(Duration.ofSeconds(10));
            first.reportHeartbeatIfDue();
            assertThat(test.reporter.buffered()).isEqualTo(6);

            ReportedJob second = test.reporter.start("b");
            assertThat(test.reporter.counts().dropped()).isEqualTo(Map.of(JobEventType.PROGRESS, 1L));
            second.stage("load");
            second.stage("compare");
            assertThat(test.reporter.counts().dropped())
                    .isEqualTo(Map.of(
                            JobEventType.PROGRESS, 1L,
                            JobEventType.HEARTBEAT, 1L,
                            JobEventType.STAGE_STARTED, 1L,
                            JobEventType.STAGE_SUCCEEDED, 1L));
            second.progress(Map.of("done", 2));
            assertThat(test.reporter.dropped(JobEventType.PROGRESS)).isEqualTo(2);
            first.succeed();
            second.fail(new IllegalStateException());
            assertThat(test.reporter.buffered()).isEqualTo(6);

            test.publisher.resume();
            assertThat(test.reporter.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(test.publisher.words()).contains("succeeded", "failed").hasSize(6);
            assertThat(test.publisher.lostEventsReports()).hasSize(1);
            assertThat(test.reporter.sent(JobEventType.SUCCEEDED)).isEqualTo(2);
        }
    }

    @Test
    void outcomesAreDroppedLast() throws InterruptedException {
        TestReporter test = new TestReporter(3);
        test.publisher.pause();
        test.reporter.start("a");
        test.publisher.awaitCall();
        for (int i = 0; i < 5; i++) {
            test.reporter.start("a").succeed();
        }

        test.close();

        assertThat(test.publisher.words()).endsWith("succeeded", "succeeded").hasSize(3);
    }

    @Test
    void unsentEventsAreSentAgainInOrder() throws InterruptedException {
        try (TestReporter test = new TestReporter()) {
            test.publisher.fail(3);
            ReportedJob job = test.reporter.start("a");
            job.stage("load");
            job.succeed();

            assertThat(test.reporter.flush(Duration.ofSeconds(30))).isTrue();
            assertThat(test.publisher.words())
                    .containsExactly("started", "stage.started", "stage.succeeded", "succeeded");
            assertThat(test.reporter.counts().lastFailure()).isEqualTo("unavailable");
            assertThat(test.reporter.counts().lost()).isZero();
        }
    }

    @Test
    void eventsAfterCloseAreDropped() {
        TestReporter test = new TestReporter();
        ReportedJob job = test.reporter.start("a");
        test.close();

        job.succeed();

        assertThat(test.publisher.words()).containsExactly("started");
        assertThat(test.reporter.dropped(JobEventType.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void closeGivesUpInBoundedTime() {
        JobReporterProperties properties = JobReporterProperties.fromEnvironment(
                Map.of(
                        "JOBS_REPORT", "http",
                        "JOBS_URL", "http://127.0.0.1:9",
                        "JOBS_CLOSE_TIMEOUT", "100ms"),
                "test");
        JobReporter reporter = JobReporter.open(properties, InstantSource.system());
        reporter.start("a").succeed();

        reporter.close();

        assertThat(reporter.counts().dropped()).isEqualTo(Map.of(JobEventType.STARTED, 1L, JobEventType.SUCCEEDED, 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JOBS_REPORT=on                                    | JOBS_REPORT: Expected kafka, http or off, got \"on\"",
                "JOBS_REPORT=kafka                                 | Expected KAFKA_BOOTSTRAP_SERVERS=host:port",
                "JOBS_REPORT=http                                  | Expected JOBS_URL=http://host:port",
                "JOBS_REPORT=http;JOBS_URL=recorder:8084           | Expected JOBS_URL=http://host:port or https",
                "JOBS_KEY=two words                                | Expected JOBS_KEY without spaces",
                "JOBS_LEASE=soon                                   | JOBS_LEASE: Expected a duration such as 30s",
                "JOBS_LEASE=10ms                                   | Expected a lease from 1 second to 7 days",
            })
    void wrongSettingIsNamed(String settings, String message) {
        Map<String, String> environment = environment(settings);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> JobReporterProperties.fromEnvironment(environment, "test"))
                .withMessageContaining(message);
    }

    @Test
    void kafkaSettingsAreThoseOfServices() {
        JobReporterProperties properties = JobReporterProperties.fromEnvironment(
                environment("KAFKA_BOOTSTRAP_SERVERS=a:1;SPRING_KAFKA_SECURITY_PROTOCOL=SASL_SSL;"
                        + "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION=file:/etc/ca.p12;"
                        + "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM=SCRAM-SHA-512;JOBS_KEY=secret"),
                "test");

        assertThat(properties.kafka())
                .isEqualTo(Map.of(
                        "bootstrap.servers", "a:1",
                        "security.protocol", "SASL_SSL",
                        "ssl.truststore.location", "/etc/ca.p12",
                        "sasl.mechanism", "SCRAM-SHA-512"));
        assertThat(properties.toString()).doesNotContain("secret");
    }

    private static Map<String, String> environment(String settings) {
        return Arrays.stream(settings.split(";", -1))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("job-reporter"))
                .count();
    }

    @Test
    void programWaitsLongerForItsEvents() {
        assertThat(JobReporterProperties.fromEnvironment(Map.of(), "test").closeTimeout())
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(JobReporterProperties.ofProgram(Map.of(), "test").closeTimeout())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(JobReporterProperties.ofProgram(Map.of("JOBS_CLOSE_TIMEOUT", "2s"), "test")
                        .closeTimeout())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void longSourceIsCutOff() {
        assertThat(JobReporterProperties.fromEnvironment(Map.of(), "h".repeat(300))
                        .source())
                .isEqualTo("h".repeat(100));
        assertThat(JobReporterProperties.fromEnvironment(Map.of(), " ").source())
                .isEqualTo("unknown");
    }
}
