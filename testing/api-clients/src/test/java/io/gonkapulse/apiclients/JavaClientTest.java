package io.gonkapulse.apiclients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.net.httpserver.HttpServer;
import generated.pulse.ApiClient;
import generated.pulse.ApiException;
import generated.pulse.api.NodesApi;
import generated.pulse.api.NodesApi.APIGetNodeRequest;
import generated.pulse.model.NodeDetails;
import generated.pulse.model.Stats;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The generated client calls the running gateway, and a server with a later version of the API. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientTest {

    private final RunningGateway gateway;
    private final ApiClient client;

    JavaClientTest(TestDatabase database) {
        gateway = RunningGateway.start(database);
        client = client(gateway.url());
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    static Stream<GeneratedCall> calls() {
        return GeneratedCall.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void readsEveryField(GeneratedCall call) throws Exception {
        JsonNode body = ComparableJson.parse(gateway.get(call.path()));

        assertThat(ComparableJson.of(call.send(client), body)).isEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void survivesAddedFields(GeneratedCall call) throws Exception {
        String text = gateway.get(call.path());
        JsonNode body = ComparableJson.parse(text);

        assertThat(ComparableJson.of(callServer(ComparableJson.withAddedFields(text), call), body))
                .isEqualTo(body);
    }

    @Test
    void survivesUnknownWord() throws Exception {
        String body = gateway.get(GeneratedCall.of("getNode").path())
                .replaceFirst("\"status\":\"[a-z]+\"", "\"status\":\"resting\"");

        assertThat(callServer(body, GeneratedCall.of("getNode")))
                .asInstanceOf(type(NodeDetails.class))
                .extracting(NodeDetails::getStats)
                .extracting(Stats::getStatus)
                .isEqualTo(Stats.StatusEnum.UNKNOWN_DEFAULT_OPEN_API);
    }

    @Test
    void readsNullStats() throws ApiException {
        assertThat(getNode(RunningGateway.SILENT_NODE).getStats()).isNull();
    }

    @Test
    void problemIsException() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> getNode("gonka1nobody"))
                .satisfies(e -> assertThat(e.getCode()).isEqualTo(404))
                .satisfies(e -> assertThat(e.getResponseBody()).contains("\"status\":404"));
    }

    @Test
    void callsEveryOperation() throws IOException {
        JsonNode document = new JsonMapper().readTree(Files.readString(Path.of("target", "openapi.json")));
        Set<String> documented = document.get("paths")
                .valueStream()
                .map(path -> path.get("get"))
                .filter(operation ->
                        operation.at("/responses/200/content/application~1json").isObject())
                .map(operation -> operation.get("operationId").asString())
                .collect(Collectors.toSet());

        assertThat(calls().map(GeneratedCall::operationId)).containsExactlyInAnyOrderElementsOf(documented);
    }

    private NodeDetails getNode(String identifier) throws ApiException {
        return new NodesApi(client)
                .getNode(APIGetNodeRequest.newBuilder().identifier(identifier).build());
    }

    /** Calls a server that always answers with this body. */
    private static Object callServer(String body, GeneratedCall call) throws IOException, ApiException {
        byte[] bytes = body.getBytes(UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return call.send(client("http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    private static ApiClient client(String url) {
        ApiClient created = new ApiClient();
        created.updateBaseUri(url);
        return created;
    }
}
