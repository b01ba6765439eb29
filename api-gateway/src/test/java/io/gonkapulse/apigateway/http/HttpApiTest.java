package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final List<String> ROUTES = List.of(
            "/api/v1/nodes",
            "/api/v1/nodes/gonka1a",
            "/api/v1/nodes/gonka1a/earnings",
            "/api/v1/nodes/gonka1a/epochs",
            "/api/v1/nodes/gonka1a/health",
            "/api/v1/nodes/gonka1a/history",
            "/api/v1/earnings",
            "/api/v1/epochs",
            "/api/v1/network/history",
            "/api/v1/network",
            "/api/v1/trackers");

    private final GatewayTestData data;
    private final TestGateway gateway;
    private final SteppedClock clock = SteppedClock.at(NOW);

    HttpApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(
                database,
                clock,
                "--gateway.cors-allowed-origins=https://portal.example",
                "--server.compression.enabled=true");
    }

    @BeforeEach
    void insertOneNode() {
        data.clear();
        UUID id = data.node("gonka1a").stats("healthy", clock.instant()).insert();
        data.insertEarnings(id, LocalDate.parse("2026-03-10"), "7", "settled");
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** Browsers ask for it when they show a response of the API. */
    @Test
    void servesIconOfPlainResponses() {
        HttpResponse<String> icon = gateway.send("GET", "/favicon.ico");
        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type")).hasValue("image/x-icon");
    }

    @Test
    void usesVirtualThreads() {
        gateway.get("/api/v1/nodes");

        boolean virtual = gateway.threadGroup().equals("VirtualThreads");
        assertThat(virtual).isEqualTo(Runtime.version().feature() >= 21);
    }

    @Test
    void returnsNotModified() {
        for (String route : ROUTES) {
            HttpResponse<String> first = gateway.send("GET", route);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = gateway.send("GET", route, "If-None-Match", tag);

            assertThat(again.statusCode()).as(route).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).hasValue(tag);
            assertThat(again.headers().firstValue("Cache-Control").orElseThrow())
                    .matches("max-age=[0-5], must-revalidate, public");
            assertThat(gateway.send("GET", route, "If-None-Match", "W/\"other\"")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void etagChangesWhenDataTurnsStale() {
        String tag = fetchEtag();
        clock.advance(Duration.ofMinutes(2));
        assertThat(fetchEtag()).isEqualTo(tag);
        clock.advance(Duration.ofSeconds(61));
        assertThat(fetchEtag()).isNotEqualTo(tag);
        data.run("update node_stats_cache set status = 'jailed'");
        String jailed = fetchEtag();
        assertThat(jailed).isNotEqualTo(tag);
    }

    @Test
    void maxAgeEndsWhenStale() {
        data.run("update node_stats_cache set fetched_at = '" + clock.instant().minusSeconds(178) + "'");

        assertThat(gateway.send("GET", "/api/v1/nodes").headers().firstValue("Cache-Control"))
                .hasValue("max-age=2, must-revalidate, public");
    }

    @Test
    void csvAndJsonHaveDifferentEtags() {
        String route = "/api/v1/earnings";
        assertThat(gateway.send("GET", route, "Accept", "text/csv").headers().firstValue("ETag"))
                .isNotEqualTo(gateway.send("GET", route).headers().firstValue("ETag"));
    }

    @Test
    void supportsHeadAndOptions() {
        for (String route : ROUTES) {
            HttpResponse<String> head = gateway.send("HEAD", route);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("ETag")).isPresent();
            HttpResponse<String> options = gateway.send("OPTIONS", route);
            assertThat(options.statusCode()).isEqualTo(200);
            assertThat(options.headers().firstValue("Allow").orElseThrow()).contains("GET", "HEAD");
        }
    }

    @Test
    void setsSecurityHeaders() {
        for (String route : List.of("/api/v1/network", "/", "/nowhere", "/docs")) {
            HttpResponse<String> response = gateway.send("GET", route);
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, https://portal.example, 200", "GET, https://other.example, 403"})
    void answersToOriginsHaveSecurityHeaders(String method, String origin, int status) {
        HttpResponse<String> response =
                gateway.send(method, "/api/v1/network", "Origin", origin, "Access-Control-Request-Method", "GET");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void allowsConfiguredOriginsOnly() {
        HttpResponse<String> known = gateway.send("GET", "/api/v1/network", "Origin", "https://portal.example");
        HttpResponse<String> unknown = gateway.send("GET", "/api/v1/network", "Origin", "https://other.example");

        assertThat(known.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://portal.example");
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void compressesLongResponses() {
        data.run(
                "insert into nodes (identifier, identifier_type) select 'gonka1z' || n, 'wallet' from generate_series(1, 99) n");

        HttpResponse<String> response = gateway.send("GET", "/api/v1/nodes", "Accept-Encoding", "gzip");

        assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(response.headers().firstValue("ETag")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404, route_not_found",
        "GET, /api/v1/nodes/, 404, route_not_found",
        "GET, /nowhere.html, 404, route_not_found",
        "POST, /api/v1/nodes, 405, method_not_allowed",
        "DELETE, /api/v1/nodes/gonka1a, 405, method_not_allowed",
        "GET, /api/v1/nodes/gonka1b, 404, node_not_found"
    })
    void returnsProblemForUnknownRoute(String method, String path, int status, String code) {
        HttpResponse<String> response = gateway.send(method, path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(response.body())
                .contains("\"status\":" + status, "\"code\":\"" + code + "\"")
                .doesNotContain("Exception", "org.");
    }

    @Test
    void returnsProblemForUnsupportedType() {
        HttpResponse<String> response = gateway.send("GET", "/api/v1/network", "Accept", "application/xml");

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"not_acceptable\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {",,,", "nonsense", "text/", "/json", "text/html;q=x", "application/json, ,/"})
    void malformedAcceptIsClientError(String accept) {
        for (String route : Stream.concat(
                        ROUTES.stream(),
                        Stream.of(
                                "/",
                                "/docs",
                                "/v3/api-docs",
                                "/actuator/prometheus",
                                "/actuator/info",
                                "/actuator/health/liveness"))
                .toList()) {
            HttpResponse<String> response = gateway.send("GET", route, "Accept", accept);

            assertThat(response.statusCode()).as(route).isEqualTo(406);
            assertThat(response.body()).contains("\"code\":\"bad_accept_header\"");
        }
    }

    @Test
    void sendsOneAllowHeader() {
        for (String route : Stream.concat(
                        ROUTES.stream(),
                        Stream.of("/", "/docs", "/docs/docs.js", "/v3/api-docs", "/actuator/info", "/api/v1/stream"))
                .toList()) {
            for (String method : List.of("OPTIONS", "POST", "PUT", "DELETE", "PATCH", "FOO")) {
                HttpResponse<String> response = gateway.send(method, route);

                assertThat(response.statusCode()).as(method + route).isIn(200, 405);
                assertThat(response.headers().allValues("Allow"))
                        .as(method + route)
                        .hasSize(1)
                        .first()
                        .asString()
                        .contains("GET", "HEAD");
            }
        }
    }

    @Test
    void anyEtagMatchesStar() {
        for (String route : ROUTES) {
            assertThat(gateway.send("GET", route, "If-None-Match", "*").statusCode())
                    .as(route)
                    .isEqualTo(304);
        }
        assertThat(gateway.send("GET", "/api/v1/nodes/gonka1b", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void listsEveryBadParameter() {
        HttpResponse<String> response =
                gateway.send("GET", "/api/v1/nodes?limit=0&colour=red&q=%00&cursor=a&cursor=b&status=asleep&sort=x");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonMapper()
                        .readTree(response.body())
                        .get("errors")
                        .valueStream()
                        .map(error -> error.get("parameter").asString()))
                .containsExactlyInAnyOrder("limit", "colour", "q", "cursor", "status", "sort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nodes?limit=0 | limit",
                "/nodes?limit=501 | limit",
                "/nodes?limit=1&limit=2 | limit",
                "/nodes?limit=0x10 | limit",
                "/nodes?limit= | limit",
                "/nodes?status=sleeping | status",
                "/nodes?status=healthy,jailed | status",
                "/nodes?status=HEALTHY | status",
                "/nodes?status=%20healthy | status",
                "/nodes?sort=colour | sort",
                "/nodes?sort=--weight | sort",
                "/nodes?cursor=%21 | cursor",
                "/nodes?cursor=LXdlaWdodCA1IGdvbmthMWE | cursor",
                "/nodes?Status=healthy | Status",
                "/nodes?gpuType= | gpuType",
                "/nodes?q=%00 | q",
                "/nodes/gonka1a?from=2026-01-01 | from",
                "/nodes/%01 | identifier",
                "/nodes/gonka1a/earnings?from=2026-02-30 | from",
                "/nodes/gonka1a/earnings?from=26-02-03 | from",
                "/nodes/gonka1a/earnings?to=tomorrow | to",
                "/nodes/gonka1a/earnings?from=2026-03-11&to=2026-03-10 | from",
                "/nodes/gonka1a/earnings?from=2021-03-06&to=2026-03-10 | from",
                "/nodes/gonka1a/earnings?interval=year | interval",
                "/nodes/gonka1a/earnings?interval=WEEK | interval",
                "/nodes/gonka1a/earnings?fill=yes | fill",
                "/nodes/gonka1a/earnings?fill=1 | fill",
                "/nodes/gonka1a/health?interval=day | interval",
                "/earnings?from=99999-01-01 | from",
                "/network?x=y | x",
                "/trackers?name=one | name"
            })
    void errorNamesParameter(String path, String parameter) {
        HttpResponse<String> response = gateway.send("GET", "/api/v1" + path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("\"parameter\":\"" + parameter + "\"");
    }

    @Test
    void servesLongestRange() {
        assertThat(gateway.send("GET", "/api/v1/earnings?fill=true&from=2021-03-07&to=2026-03-10")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nodes?q=",
                "/nodes?status=",
                "/nodes?sort=",
                "/nodes?limit=",
                "/nodes?cursor=",
                "/nodes?",
                "/nodes/",
                "/nodes/gonka1a/earnings?from=",
                "/nodes/gonka1a/health?to=",
                "/earnings?interval=",
                "/earnings?fill="
            })
    void hostileInputCausesNoServerError(String route) {
        Random random = new Random(route.hashCode());
        for (String value : hostileValues(random)) {
            HttpResponse<String> response =
                    gateway.send("GET", "/api/v1" + route + URLEncoder.encode(value, StandardCharsets.UTF_8));
            assertThat(response.statusCode()).as(value).isIn(200, 400, 404);
            assertThat(response.body()).doesNotContain("Exception", "SQL", "org.postgresql");
        }
    }

    @Test
    void malformedQueryIsClientError() {
        for (String query : List.of("%zz", "a=%", "=", "&&&=&", "limit=5%")) {
            assertThat(RawHttpClient.get(gateway.url(), "/api/v1/nodes?" + query))
                    .as(query)
                    .startsWith("HTTP/1.1 4");
        }
        assertThat(RawHttpClient.get(gateway.url(), "/api/v1/nodes?q=" + "a".repeat(20_000)))
                .startsWith("HTTP/1.1 4");
    }

    private static List<String> hostileValues(Random random) {
        String bytes = random.ints(40, 1, 0x2FFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return List.of(
                "' or 1=1 --",
                "'; drop table nodes; --",
                "\\",
                "%",
                "${jndi:ldap://x}",
                "a".repeat(10_000),
                "\u0000",
                "\uD83D\uDE00".repeat(50),
                "\u202E\u0301",
                "-1",
                "1e9",
                "99999999999999999999",
                "2026-13-45",
                "NaN",
                "null",
                "[]",
                "../../etc/passwd",
                bytes);
    }

    private String fetchEtag() {
        return gateway.send("GET", "/api/v1/nodes").headers().firstValue("ETag").orElseThrow();
    }
}
