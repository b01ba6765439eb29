package io.gonkapulse.apigateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.security.limits.RequestClientContext;
import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.BlockingSession;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class StreamFailureTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String NODE = NodeIdentifier.wallet(new byte[20]).value();
    private static final String QUERY = "identifier=" + NODE;

    private final TestDatabase database;
    private final GatewayTestData data;
    private final TestGateway gateway;

    StreamFailureTest(TestDatabase database) {
        this.database = database;
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW));
    }

    @BeforeEach
    void insertNode() {
        data.clear();
        data.node(NODE).stats("healthy", NOW).insert();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void sendsCommentsWhileDatabaseHangs() throws Exception {
        try (TestStreamClient stream = TestStreamClient.open(gateway, QUERY);
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            stream.awaitEvent("node", 1);
            other.setAutoCommit(false);
            statement.execute("lock table nodes");
            await().atMost(Duration.ofMinutes(1)).until(new BlockingSession(database, other)::isBlocking);
            gateway.advanceCacheTime(Duration.ofSeconds(15));

            stream.awaitLine(": keep-alive");
        }
    }

    @Test
    void answersWhileDatabaseHangs() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table nodes");
            try (TestStreamClient stream = TestStreamClient.open(gateway, QUERY)) {
                stream.awaitLine("retry: 3000");
            }
        }
    }

    @Test
    void failedStartReleasesPermit() {
        TestStreamClient.awaitOpen(gateway, 0);
        HttpServletRequest request = StubServlet.proxy(
                HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getAttribute" -> arguments[0].equals(RequestClientContext.class.getName()) ? "client" : null;
                    case "startAsync" -> throw new IllegalStateException("The connection is closed");
                    default -> null;
                });
        HttpServletResponse response =
                StubServlet.proxy(HttpServletResponse.class, (self, method, arguments) -> null);

        assertThatIllegalStateException()
                .isThrownBy(() -> gateway.bean(StreamController.class).stream(List.of(NODE), request, response));
        assertThat(gateway.bean(StreamLimiter.class).open()).isZero();
    }
}
