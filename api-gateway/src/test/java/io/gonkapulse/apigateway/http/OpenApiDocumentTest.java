package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.apigateway.support.TestJobBuilder;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares the document with the API: calls every operation and validates every response with its schema. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiDocumentTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NODE = "gonka1a";
    private static final Set<String> HEADERS_OF_TABLES = Set.of("Content-Disposition", "Link");
    private static final String EPOCH = "76";

    /** Has no JSON, and no end; StreamApiTest reads it. */
    private static final String STREAM = "/api/v1/stream";

    private static final UUID JOB = TestJobBuilder.idOf(NOW.minusSeconds(600), 1);

    private final GatewayTestData data;
    private final JobTestData jobs;
    private final TestGateway gateway;
    private final JsonNode document;

    OpenApiDocumentTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        jobs = JobTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.public=jobs");
        document = gateway.get("/v3/api-docs");
    }

    @BeforeAll
    void insertNetwork() {
        data.insertTracker("one", NOW, 4000L, NOW.minusSeconds(5));
        data.insertTracker("unheard", NOW);
        data.insertPoll("one", NOW.minusSeconds(60), "ok", 250);
        UUID id = data.node(NODE)
                .displayName("Mine")
                .gpuType("H100")
                .region("Tokyo")
                .stats("healthy", NOW)
                .insert();
        data.insertEarnings(id, LocalDate.parse("2026-03-10"), "12345678901234567890", "provisional");
        data.insertEarnings(id, LocalDate.parse("2026-03-09"), "-5", "settled");
        data.insertHealth(id, Instant.parse("2026-03-10T10:00:00Z"), 0b1111, 0b0100, 0b1000);
        data.node("gonka1b")
                .stats("unknown", NOW.minusSeconds(99_999))
                .earningsDay(null)
                .uptime(null)
                .weight(null)
                .insert();
        data.insertNode("gonka1never");
        data.insertSettlement(id, 75, Instant.parse("2026-03-08T06:00:00Z"), "7", "claimed", null);
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251", "unclaimed", null);
    }

    @BeforeAll
    void insertJobs() {
        for (int i = 1; i <= 4; i++) {
            Instant accepted = NOW.minusSeconds(600 + i);
            jobs.job("nightly-backup", accepted)
                    .id(TestJobBuilder.idOf(accepted, i))
                    .ended("succeeded", accepted, 1_500L * i)
                    .insert();
        }
        Instant accepted = NOW.minusSeconds(500);
        jobs.job("nightly-backup", accepted)
                .id(JOB)
                .createdBy("ops")
                .parent(TestJobBuilder.idOf(accepted, 2))
                .meta("{\"database\": \"orders\"}")
                .result("{}")
                .ended("failed", accepted.plusSeconds(2), 50_000)
                .canceledInQueue(accepted)
                .insert();
        jobs.insertStage(JOB, 1, "dump", accepted, "fail", 40_000);
        jobs.insertStage(JOB, 2, "copy", accepted.plusSeconds(40), "", 0);
        jobs.job("nightly-backup", accepted).running(accepted).insert();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    static Stream<String> requests() {
        return Stream.of(
                "/api/v1/nodes",
                "/api/v1/nodes?limit=1&sort=-weight&status=healthy&q=GONKA",
                "/api/v1/nodes/gonka1a",
                "/api/v1/nodes/gonka1b",
                "/api/v1/nodes/gonka1never",
                "/api/v1/nodes/gonka1a/earnings",
                "/api/v1/nodes/gonka1a/earnings?interval=week&fill=true",
                "/api/v1/nodes/gonka1never/earnings",
                "/api/v1/nodes?identifier=gonka1a&identifier=gonka1x",
                "/api/v1/nodes/gonka1a/epochs",
                "/api/v1/nodes/gonka1never/epochs",
                "/api/v1/nodes/gonka1a/history?metric=inferences",
                "/api/v1/network/history",
                "/api/v1/epochs",
                "/api/v1/epochs/76",
                "/api/v1/nodes/gonka1a/health",
                "/api/v1/nodes/gonka1never/health",
                "/api/v1/earnings",
                "/api/v1/earnings?interval=month&fill=true",
                "/api/v1/network",
                "/api/v1/trackers",
                "/api/v1/jobs",
                "/api/v1/jobs?state=failed&bot=nightly-backup&limit=1",
                "/api/v1/jobs/" + JOB,
                "/api/v1/jobs/metrics",
                "/api/v1/jobs/stages/summary?bot=nightly-backup",
                "/api/v1/jobs/series?bot=nightly-backup&interval=day&tz=Asia/Kathmandu");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void responsesMatchSchema(String request) {
        HttpResponse<String> response = gateway.send("GET", request);
        JsonNode operation = operation(request);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(schema(operation.at("/responses/200/content/application~1json/schema"))
                        .validate(response.body(), InputFormat.JSON))
                .isEmpty();
        assertHasHeaders(response, operation.at("/responses/200/headers"));
    }

    /** A table, and its next page. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nodes?limit=1", "/api/v1/nodes/gonka1a/epochs?limit=1"})
    void tablesHaveDocumentedHeaders(String request) {
        HttpResponse<String> response = gateway.send("GET", request, "Accept", "text/csv");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(operation(request).at("/responses/200/headers").propertyNames())
                .containsAll(HEADERS_OF_TABLES)
                .allSatisfy(header -> assertThat(response.headers().firstValue(header))
                        .as(header)
                        .isPresent());
    }

    private static void assertHasHeaders(HttpResponse<String> response, JsonNode documented) {
        documented.propertyNames().stream()
                .filter(header -> !HEADERS_OF_TABLES.contains(header))
                .forEach(header -> assertThat(response.headers().firstValue(header))
                        .as(header)
                        .isPresent());
    }

    @Test
    void coversEveryRoute() {
        Set<String> called = Stream.concat(requests().map(this::template), Stream.of(STREAM))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(called).isEqualTo(Set.copyOf(document.get("paths").propertyNames()));
        assertThat(gateway.routes()).isEqualTo(called);
    }

    @Test
    void acceptsDocumentedParametersOnly() {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            String route = route(path.getKey());
            Set<String> named = path.getValue()
                    .at("/get/parameters")
                    .valueStream()
                    .map(this::resolved)
                    .filter(parameter -> parameter.get("in").asString().equals("query"))
                    .map(parameter -> parameter.get("name").asString())
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String name : List.of(
                    "status",
                    "gpuType",
                    "region",
                    "model",
                    "q",
                    "sort",
                    "limit",
                    "cursor",
                    "from",
                    "to",
                    "interval",
                    "fill",
                    "metric",
                    "identifier",
                    "state",
                    "bot",
                    "createdBy",
                    "parent",
                    "tz")) {
                String refusal =
                        gateway.send("GET", route + "?" + name + "=%01").body();
                assertThat(refusal.contains("Unknown parameter"))
                        .as(route + " " + name)
                        .isEqualTo(!named.contains(name));
            }
        }
    }

    @Test
    void acceptsParameterExamples() {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            String route = route(path.getKey());
            String query = path.getValue()
                    .at("/get/parameters")
                    .valueStream()
                    .map(this::resolved)
                    .filter(parameter -> parameter.get("in").asString().equals("query"))
                    .filter(parameter -> route.equals(STREAM)
                            || !Set.of("cursor", "identifier")
                                    .contains(parameter.get("name").asString()))
                    .map(parameter -> parameter.get("name").asString() + "=" + example(parameter))
                    .collect(Collectors.joining("&"));
            String method = route.equals(STREAM) ? "HEAD" : "GET";
            assertThat(gateway.send(method, route + "?" + query).statusCode())
                    .as(query)
                    .isEqualTo(200);
        }
    }

    @Test
    void problemsMatchSchema() {
        for (String request :
                List.of("/api/v1/nodes?limit=0", "/api/v1/nodes/gonka1x", "/api/v1/nodes/gonka1x/health")) {
            HttpResponse<String> response = gateway.send("GET", request);
            JsonNode documented = resolved(operation(request).at("/responses/" + response.statusCode()));
            assertThat(schema(documented.at("/content/application~1problem+json/schema"))
                            .validate(response.body(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BadRequest, /api/v1/nodes?limit=0, application/json",
        "NotFound, /api/v1/nodes/gonka1x, application/json",
        "NotAcceptable, /api/v1/network, application/xml"
    })
    void problemsMatchExample(String name, String path, String accepted) {
        HttpResponse<String> response =
                gateway.send("GET", path, "Accept", accepted, "X-Request-Id", "0b5f6e0e-6a52-4b3e-9d35-0c0b6f3e9a10");
        JsonNode documented = document.at("/components/responses/" + name);

        assertThat(JSON.readTree(response.body()))
                .isEqualTo(documented.at("/content/application~1problem+json/example"));
        assertHasHeaders(response, documented.at("/headers"));
    }

    @Test
    void everyOperationHasExample() {
        operations().forEach(operation -> {
            String name = operation.get("operationId").asString();
            assertThat(operation.has("description")).as(name).isTrue();
            assertThat(operation.at("/responses/200/content").valueStream())
                    .as(name)
                    .isNotEmpty()
                    .allMatch(content -> content.has("example")
                            || content.at("/schema/examples").isArray());
        });
    }

    @Test
    void examplesMatchSchema() {
        assertThat(operations().map(operation -> operation.at("/responses/200/content/application~1json")))
                .filteredOn(JsonNode::isObject)
                .isNotEmpty()
                .allSatisfy(content -> assertThat(schema(content.get("schema"))
                                .validate(content.get("example").toString(), InputFormat.JSON))
                        .isEmpty());
    }

    private Stream<JsonNode> operations() {
        return document.get("paths").valueStream().map(path -> path.get("get"));
    }

    @Test
    void describesEveryFieldAndParameter() {
        document.at("/components/schemas").properties().forEach(type -> {
            assertThat(type.getValue().has("description")).as(type.getKey()).isTrue();
            type.getValue().get("properties").properties().forEach(field -> {
                String name = type.getKey() + "." + field.getKey();
                JsonNode value = field.getValue();
                assertThat(value.has("description")).as(name).isTrue();
                assertThat(value.has("examples") || value.has("$ref") || value.has("anyOf") || value.has("items"))
                        .as(name)
                        .isTrue();
            });
        });
        document.at("/components/parameters").properties().forEach(parameter -> {
            assertThat(parameter.getValue().has("description"))
                    .as(parameter.getKey())
                    .isTrue();
            assertThat(parameter.getValue().has("example"))
                    .as(parameter.getKey())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"/v3/api-docs.yaml, */*", "/v3/api-docs, application/yaml"})
    void yamlEqualsJson(String path, String accepted) {
        HttpResponse<String> response = gateway.send("GET", path, "Accept", accepted);

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/yaml");
        JsonNode read = JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(response.body()));
        assertThat(read).isEqualTo(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json, application/yaml;q=0.9"})
    void jsonIsDefault(String accepted) {
        assertThat(gateway.send("GET", "/v3/api-docs", "Accept", accepted)
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("application/json");
    }

    @Test
    void forbidsNoAdditionalProperty() {
        assertThat(document.findValues("additionalProperties")).isEmpty();
    }

    @Test
    void servesDocsOffline() {
        assertThat(gateway.send("GET", "/docs").body()).contains("/webjars/swagger-ui/swagger-ui-bundle.js");
        assertThat(gateway.send("GET", "/webjars/swagger-ui/swagger-ui-bundle.js")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("GET", "/webjars/swagger-ui/swagger-ui.css").statusCode())
                .isEqualTo(200);
        assertThat(gateway.send("GET", "/docs/docs.js").statusCode()).isEqualTo(200);
        assertThat(gateway.send("GET", "/").body()).contains("Gonka Pulse");
    }

    private JsonNode operation(String request) {
        return document.get("paths").get(template(request)).get("get");
    }

    private String template(String request) {
        return request.replaceFirst("\\?.*", "")
                .replaceFirst("/nodes/[^/]+", "/nodes/{identifier}")
                .replaceFirst("/epochs/[^/]+", "/epochs/{epoch}")
                .replaceFirst("/jobs/[0-9a-f-]{36}", "/jobs/{id}");
    }

    private static String route(String template) {
        return template.replace("{identifier}", NODE).replace("{epoch}", EPOCH).replace("{id}", JOB.toString());
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static String example(JsonNode parameter) {
        JsonNode example = parameter.get("example");
        return example.isArray() ? example.get(0).asString() : example.asString();
    }

    /** Returns the schema with all schemas that it references, without the fields that a later version may add. */
    private Schema schema(JsonNode schema) {
        ObjectNode complete = JSON.createObjectNode();
        complete.set("$ref", schema.get("$ref"));
        complete.set("components", document.get("components").deepCopy());
        complete.at("/components/schemas").forEach(type -> ((ObjectNode) type).put("additionalProperties", false));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(complete);
    }
}
