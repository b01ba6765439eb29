package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the HTTP server refuses is a problem with security headers, like every other error. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestsTest {

    private final TestGateway gateway;

    RawRequestsTest(TestDatabase database) {
        GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z")));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET /api/v1/nodes/a%2Fb HTTP/1.1; 400; malformed_request",
                "GET /api/v1/nodes/a|b HTTP/1.1; 400; malformed_request",
                "GET /< HTTP/1.1; 400; malformed_request",
                "GET /%zz HTTP/1.1; 400; malformed_request",
                "GET /api/v1/nodes?q=%zz HTTP/1.1; 400; malformed_request",
                "CONNECT gateway:1 HTTP/1.1; 501; not_implemented",
                "FOO /api/v1/nodes HTTP/1.1; 405; method_not_allowed",
                "TRACE /api/v1/nodes HTTP/1.1; 405; method_not_allowed",
                "GET /api/v1/nodes HTTP/9.9; 505; http_version_not_supported",
            })
    void refusedTargetIsProblem(String requestLine, int status, String code) {
        assertProblem(RawHttpClient.send(gateway.url(), requestLine, "Host: gateway"), status, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET /api/v1/nodes/a%2Fb HTTP/1.1; an encoded slash or backslash",
                "GET /api/v1/nodes/a%2fb HTTP/1.1; /api/v1/nodes?identifier=",
                "GET /api/v1/nodes/a%5Cb HTTP/1.1; an encoded slash or backslash",
                "GET /api/v1/nodes/a|b HTTP/1.1; with all others %-encoded as UTF-8",
                "GET /%zz HTTP/1.1; with all others %-encoded as UTF-8",
                "CONNECT gateway:1 HTTP/1.1; send GET without a body",
                "GET /api/v1/nodes HTTP/9.9; send HTTP/1.1",
            })
    void detailSaysWhatToSend(String requestLine, String detail) {
        assertThat(RawHttpClient.send(gateway.url(), requestLine, "Host: gateway"))
                .contains(detail);
    }

    @Test
    void slashOfIdentifierIsAcceptedInQuery() {
        assertThat(RawHttpClient.get(gateway.url(), "/api/v1/nodes?identifier=a%2Fb"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"invalid\":[\"a/b\"]");
    }

    @Test
    void unknownExpectationIsProblem() {
        assertProblem(
                RawHttpClient.send(gateway.url(), "GET / HTTP/1.1", "Host: gateway", "Expect: nonsense"),
                417,
                "expectation_failed");
    }

    @Test
    void missingHostIsProblem() {
        assertProblem(RawHttpClient.send(gateway.url(), "GET / HTTP/1.1", "X: y"), 400, "malformed_request");
    }

    @Test
    void longTargetIsProblem() {
        assertProblem(RawHttpClient.get(gateway.url(), "/" + "a".repeat(20_000)), 400, "malformed_request");
    }

    @Test
    void longHeaderIsProblem() {
        assertProblem(
                RawHttpClient.send(gateway.url(), "GET / HTTP/1.1", "Host: gateway", "X: " + "a".repeat(17_000)),
                400,
                "malformed_request");
    }

    @Test
    void tooManyParametersAreProblem() {
        assertProblem(
                RawHttpClient.get(gateway.url(), "/api/v1/nodes?" + "q&".repeat(5_000)), 400, "malformed_request");
    }

    private static void assertProblem(String response, int status, String code) {
        String head = response.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
        assertThat(head)
                .as(response)
                .startsWith("http/1.1 " + status + ' ')
                .contains("content-type: application/problem+json")
                .contains("x-content-type-options: nosniff")
                .contains("content-security-policy: default-src 'self'")
                .contains("cache-control: no-store")
                .containsOnlyOnce("cache-control: ")
                .containsOnlyOnce("x-request-id: ");
        assertThat(response).contains("\"status\":" + status, "\"code\":\"" + code + "\"", "\"id\":\"");
    }
}
