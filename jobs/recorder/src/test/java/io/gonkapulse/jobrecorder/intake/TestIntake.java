package io.gonkapulse.jobrecorder.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.publishing.IntakePublisher;
import io.gonkapulse.jobrecorder.publishing.IntakeRecord;
import io.gonkapulse.jobrecorder.publishing.KafkaUnavailableException;
import io.gonkapulse.testkit.junit.TestBroker;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The intake without the consumer, on a free port, at noon of 2026-03-10. */
public final class TestIntake implements AutoCloseable {

    static final String EVENTS = "/api/v1/jobs/events";
    static final String LINEAGE = "/api/v1/lineage";

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestIntake(TestBroker broker, String... settings) {
        this(TestConfiguration.class, broker, settings);
    }

    /**
     * Starts the intake of another configuration.
     *
     * @param configuration of the intake alone or of the service, which has no database then
     */
    public TestIntake(Class<?> configuration, TestBroker broker, String... settings) {
        context = new SpringApplicationBuilder(configuration)
                .registerShutdownHook(false)
                .run(Stream.concat(
                                Stream.of(
                                        "--spring.config.name=job-recorder",
                                        // Nothing opens a session.
                                        "--database.url=postgres://none:none@127.0.0.1:1/none",
                                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                        "--management.endpoint.health.validate-group-membership=false",
                                        "--server.port=0"),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    /** Creates the topic as the service would. */
    public static void createTopic(TestBroker broker) {
        broker.createTopic(
                KafkaTopic.JOB_EVENTS.name(), KafkaTopic.JOB_EVENTS.partitions(), KafkaTopic.JOB_EVENTS.configs());
    }

    /** An event of one minute before noon. */
    public static String event(String jobId, String type, String botId) {
        return """
                {"v":1,"jobId":"%s","event":"%s","at":"2026-03-10T11:59:00Z","source":"test","botId":"%s"}""".formatted(jobId, type, botId);
    }

    /** Returns when the producer is connected: on a loaded machine that takes longer than a request may. */
    public TestIntake connected() {
        IntakePublisher publisher = context.getBean(IntakePublisher.class);
        IntakeRecord record = new IntakeRecord(new UUID(0, 1), "{}".getBytes(UTF_8));
        await().atMost(ONE_MINUTE)
                .ignoreExceptionsInstanceOf(KafkaUnavailableException.class)
                .until(() -> {
                    publisher.publish(List.of(record));
                    return true;
                });
        return this;
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /**
     * Posts lines.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> postEvents(String body, String... headers) {
        return post(EVENTS, "application/x-ndjson", BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> post(String path, String type, BodyPublisher body, String... headers) {
        return post("127.0.0.1", path, type, body, headers);
    }

    HttpResponse<String> post(String host, String path, String type, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host + ':' + port() + path))
                .header("Content-Type", type)
                .POST(body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    double requests(String outcome) {
        return context.getBean(MeterRegistry.class)
                .get("gonkapulse.jobs.intake.requests")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    double events(String dialect) {
        return context.getBean(MeterRegistry.class)
                .get("gonkapulse.jobs.intake.events")
                .tag("dialect", dialect)
                .counter()
                .count();
    }

    @Override
    public void close() {
        context.close();
    }

    /** What the service adds to the intake, without the consumer. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(IntakeConfiguration.class)
    static class TestConfiguration {

        @Bean
        InstantSource clock() {
            return InstantSource.fixed(NOON);
        }
    }
}
