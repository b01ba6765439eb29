package io.gonkapulse.quickstart.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.ApiGatewayMain;
import io.gonkapulse.earningsaggregator.EarningsAggregatorMain;
import io.gonkapulse.jobrecorder.JobRecorderMain;
import io.gonkapulse.localservers.TestCertificate;
import io.gonkapulse.migrations.MigrationsMain;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.statswriter.StatsWriterMain;
import io.gonkapulse.testkit.process.ProgramBuilder;
import io.gonkapulse.testkit.process.ProgramProcess;
import io.gonkapulse.trackerpoller.TrackerPollerMain;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every program with its own logins over TLS and debug logging: all commands work, and no secret leaks. */
@Tag("process")
class SecuredServicesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY_NAME = "unmistakable-client";

    /** All endpoints that Spring Boot offers, whether on this class path or not. */
    private static final List<String> ENDPOINTS = List.of(
            "",
            "auditevents",
            "beans",
            "caches",
            "conditions",
            "configprops",
            "env",
            "env/DATABASE_URL",
            "flyway",
            "heapdump",
            "httpexchanges",
            "kafka",
            "logfile",
            "loggers",
            "mappings",
            "metrics",
            "sbom",
            "sbom/application",
            "scheduledtasks",
            "shutdown",
            "startup",
            "threaddump",
            "circuitbreakers",
            "retries");

    @TempDir
    private static Path home;

    private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
    private static final Map<String, ProgramProcess> RUNNING = new LinkedHashMap<>();
    private static final List<ProgramProcess> PROGRAMS = new ArrayList<>();
    private static SecuredServers servers;
    private static SimulatedEndpoint tracker;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        servers = new SecuredServers(home);
        SimulatedNetwork network = SimulatedNetwork.of(
                NetworkPlan.defaults().seed(5).participants(5).retainedBlocks(1_000_000), InstantSource.system());
        tracker = network.openNode();
        migrate();
        Path keys = home.resolve("keys");
        ProgramProcess keysCommand = builder(ApiGatewayMain.class)
                .arguments("keys", "create", KEY_NAME, "--rights=jobs", "--file=" + keys)
                .start();
        assertThat(keysCommand.exitCode()).isZero();
        key = keysCommand.outputText().strip();
        service(TrackerPollerMain.class, "tracker-poller", pollerSettings());
        service(StatsWriterMain.class, "stats-writer", databaseAndBroker("stats_writer", "stats-writer"));
        service(
                EarningsAggregatorMain.class,
                "earnings-aggregator",
                databaseAndBroker("earnings_aggregator", "earnings-aggregator"));
        service(JobRecorderMain.class, "job-recorder", databaseAndBroker("job_recorder", "job-recorder"));
        service(
                ApiGatewayMain.class,
                "api-gateway",
                Map.of("DATABASE_URL", servers.databaseUrl("api_gateway"), "GATEWAY_KEYS_FILE", keys.toString()));
        for (Map.Entry<String, ProgramProcess> service : RUNNING.entrySet()) {
            PORTS.put(service.getKey(), port(service.getValue()));
        }
        for (String service : PORTS.keySet()) {
            await(service, "/actuator/health/readiness", response -> response.statusCode() == 200);
        }
        // Settlements arrive a moment after the running epoch.
        await("api-gateway", "/api/v1/earnings", response -> response.body().contains("\"earningsNgonka\""));
        await("api-gateway", "/api/v1/nodes", response -> response.body().contains("\"fetchedAt\":\""));
        await(
                "api-gateway",
                "/api/v1/jobs?bot=tracker.poll",
                response -> response.body().contains("\"state\":\"succeeded\""));
        for (String module : List.of("tracker", "audit")) {
            await(
                    "api-gateway",
                    "/api/v1/jobs?bot=migrations.migrate&limit=100",
                    response -> response.body().contains("\"module\": \"" + module + "\""));
        }
    }

    private static void migrate() throws Exception {
        ProgramProcess job = program(
                MigrationsMain.class,
                Map.of("DATABASE_URL", servers.databaseUrl("gonkapulse_migrations")),
                "migrate",
                "--module=all");
        assertThat(job.exitCode()).as(job::outputText).isZero();
        assertThat(job.outputText()).doesNotContain("Warning");
    }

    private static Map<String, String> pollerSettings() {
        Map<String, String> settings = new HashMap<>(servers.brokerSettings("tracker-poller"));
        settings.put("POLLER_TRACKERS_0_NAME", "chain");
        settings.put("POLLER_TRACKERS_0_KIND", "gonka-node");
        settings.put("POLLER_TRACKERS_0_URLS", tracker.url());
        settings.put("POLLER_TRACKERS_0_INTERVAL", "5s");
        settings.put("POLLER_TRACKERS_0_INITIAL_BACKFILL_EPOCHS", "2");
        // Its own jar has no JDBC driver, but this class path does.
        settings.put(
                "SPRING_AUTOCONFIGURE_EXCLUDE",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration");
        return settings;
    }

    private static Map<String, String> databaseAndBroker(String databaseLogin, String brokerLogin) {
        Map<String, String> settings = new HashMap<>(servers.brokerSettings(brokerLogin));
        settings.put("DATABASE_URL", servers.databaseUrl(databaseLogin));
        return settings;
    }

    private static ProgramProcess program(Class<?> main, Map<String, String> settings, String... arguments) {
        ProgramProcess program = builder(main)
                .environment(settings)
                .arguments(arguments)
                .output(home.resolve("output-" + PROGRAMS.size()))
                .start();
        PROGRAMS.add(program);
        return program;
    }

    /** Without this module's classes, whose logging configuration differs from a service's. */
    private static ProgramBuilder builder(Class<?> main) {
        return ProgramProcess.of(main).heap("192m").withoutClassesIn(Path.of("target"));
    }

    private static void service(Class<?> main, String name, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("SERVER_PORT", "0");
        all.put("LOGGING_LEVEL_ROOT", "debug");
        all.put("LOGGING_LEVEL_ORG_APACHE_KAFKA", "debug");
        RUNNING.put(name, program(main, all));
    }

    private static int port(ProgramProcess service) {
        return Integer.parseInt(
                service.awaitLine("Tomcat started on port (\\d+)").group(1));
    }

    @AfterAll
    static void stop() {
        PROGRAMS.forEach(ProgramProcess::close);
        tracker.close();
        servers.close();
    }

    @Test
    void commandsWorkWithServiceLogins() throws Exception {
        Map<String, String> earnings = databaseAndBroker("earnings_aggregator", "earnings-aggregator");
        assertSucceed(
                program(TrackerPollerMain.class, pollerSettings(), "backfill", "chain", "--epochs", "1..1"),
                program(
                        StatsWriterMain.class,
                        databaseAndBroker("stats_writer", "stats-writer"),
                        "replay",
                        "--from",
                        "earliest"),
                program(EarningsAggregatorMain.class, earnings, "rebuild"),
                program(JobRecorderMain.class, databaseAndBroker("job_recorder", "job-recorder"), "rebuild"));
    }

    /** Slow, and mostly the same code paths, so not in every build. */
    @Test
    @EnabledIfSystemProperty(named = "security.long", matches = "true")
    void otherCommandsWorkWithServiceLogins() throws Exception {
        Map<String, String> earnings = databaseAndBroker("earnings_aggregator", "earnings-aggregator");
        Map<String, String> stats = databaseAndBroker("stats_writer", "stats-writer");
        Map<String, String> jobs = databaseAndBroker("job_recorder", "job-recorder");
        assertSucceed(
                program(JobRecorderMain.class, jobs, "dlt", "list"),
                program(JobRecorderMain.class, jobs, "rebuild", "--dry-run"),
                program(JobRecorderMain.class, jobs, "verify"),
                program(StatsWriterMain.class, stats, "dlt", "list"),
                program(StatsWriterMain.class, stats, "dlt", "show"),
                program(StatsWriterMain.class, databaseAndBroker("stats_writer", "operator"), "dlt", "replay"),
                program(EarningsAggregatorMain.class, earnings, "dlt", "list"),
                program(EarningsAggregatorMain.class, earnings, "rebuild", "--dry-run"),
                program(EarningsAggregatorMain.class, earnings, "verify"));
    }

    private static void assertSucceed(ProgramProcess... commands) {
        for (ProgramProcess command : commands) {
            assertThat(command.exitCode()).as(command::outputText).isZero();
        }
    }

    @Test
    void reportsUntrustedPeerInOneLine() throws Exception {
        Map<String, String> untrusting = new HashMap<>(pollerSettings());
        untrusting.putAll(servers.untrustingBrokerSettings("tracker-poller"));
        untrusting.put("SERVER_PORT", "0");
        Map<String, String> unknown = new HashMap<>(databaseAndBroker("earnings_aggregator", "earnings-aggregator"));
        unknown.computeIfPresent(
                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", (name, value) -> value.replace("-kafka-", "-wrong-"));
        ProgramProcess dltList = program(EarningsAggregatorMain.class, unknown, "dlt", "list");
        ProgramProcess job = program(
                MigrationsMain.class,
                Map.of("DATABASE_URL", servers.untrustingDatabaseUrl("gonkapulse_migrations")),
                "status",
                "--wait=1s");
        try (ProgramProcess poller = program(TrackerPollerMain.class, untrusting)) {
            assertThat(poller.awaitLine("^.*SPRING_KAFKA_SSL_.*$").group())
                    .contains("SSL handshake failed", "certification path");
        }
        assertThat(dltList.exitCode()).isEqualTo(1);
        assertThat(dltList.awaitLine("^.*Error:.*$").group()).contains("Authentication failed", "SASL_JAAS_CONFIG");
        assertThat(job.exitCode()).isNotZero();
        assertThat(job.outputText()).contains("certification path").doesNotContain("\tat ");
    }

    @Test
    void exposesOnlyHealthAndMetrics() throws Exception {
        HttpResponse<String> authenticated = send("api-gateway", "/api/v1/nodes", key);
        assertThat(authenticated.statusCode()).isEqualTo(200);
        send("api-gateway", "/api/v1/nodes", key + "-unknown");
        StringBuilder bodies = new StringBuilder();
        for (String service : PORTS.keySet()) {
            for (String endpoint : ENDPOINTS) {
                assertThat(send(service, "/actuator/" + endpoint, "").statusCode())
                        .as("%s of %s", endpoint, service)
                        .isIn(404, 405);
            }
            for (String endpoint : List.of("health", "health/readiness", "health/liveness", "info", "prometheus")) {
                HttpResponse<String> response = send(service, "/actuator/" + endpoint, "");
                assertThat(response.statusCode())
                        .as("%s of %s", endpoint, service)
                        .isEqualTo(200);
                bodies.append(response.body());
            }
        }
        assertThat(bodies.toString()).doesNotContain(secrets());
        for (ProgramProcess program : PROGRAMS) {
            String output = program.outputText();
            assertThat(secrets()).noneMatch(output::contains);
        }
        // Proves that secrets are absent because they are masked, not because nothing was logged.
        for (ProgramProcess service : RUNNING.values()) {
            service.awaitLine(" DEBUG ");
        }
        requireNonNull(RUNNING.get("earnings-aggregator")).awaitLine("sasl\\.jaas\\.config = \\[hidden]");
        assertThat(bodies.toString())
                .doesNotContain(home.toString(), "stats_writer", "earnings_aggregator@", "job_recorder@");
    }

    private static List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(key, TestCertificate.PASSWORD));
        for (String login : DatabaseLogins.names()) {
            secrets.add(DatabaseLogins.password(login));
            secrets.add(DatabaseLogins.encodedPassword(login));
            secrets.add(DatabaseLogins.password(login).substring(0, 16));
        }
        secrets.add(SecuredServers.brokerPassword("tracker-poller"));
        secrets.add(SecuredServers.brokerPassword("earnings-aggregator"));
        secrets.add(SecuredServers.brokerPassword("job-recorder"));
        return secrets;
    }

    private static HttpResponse<String> send(String service, String path, String apiKey) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORTS.get(service) + path));
        if (!apiKey.isEmpty()) {
            request.header("X-Api-Key", apiKey);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void await(String service, String path, Predicate<HttpResponse<String>> condition) {
        Awaitility.await(service + path)
                .ignoreExceptions()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> condition.test(send(service, path, service.equals("api-gateway") ? key : "")));
    }

    /** Connects with the password alone, without the service. */
    @Test
    void limitsRightsOfStolenPassword() throws SQLException {
        LoginRightsAssertions rights = new LoginRightsAssertions(servers);
        rights.assertLimited();
    }
}
