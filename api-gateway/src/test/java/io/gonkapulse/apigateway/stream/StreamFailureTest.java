package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.security.keys.TestKeyFile;
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
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class StreamFailureTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String NODE = NodeIdentifier.wallet(new byte[20]).value();
    private static final String UNWATCHED =
            NodeIdentifier.wallet("20 bytes of a wallet".getBytes(US_ASCII)).value();
    private static final String QUERY = "identifier=" + NODE;

    private final TestDatabase database;
    private final GatewayTestData data;
    private final TestKeyFile keys;
    private final TestGateway gateway;
    private UUID node = new UUID(0, 0);

    StreamFailureTest(TestDatabase database, @TempDir Path folder) {
        this.database = database;
        data = GatewayTestData.in(database);
        keys = new TestKeyFile(folder.resolve("keys"));
        gateway = TestGateway.start(
                database, SteppedClock.at(NOW), "--gateway.max-streams-per-client=1000", keys.setting());
    }

    @BeforeEach
    void insertNode() {
        data.clear();
        node = data.node(NODE).stats("healthy", NOW).insert();
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
            lockNodes(other, statement);
            stream.lines().clear();
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
            try (TestStreamClient stream = TestStreamClient.open(gateway, "identifier=" + UNWATCHED)) {
                stream.awaitLine("retry: 3000");
            }
        }
    }

    @Test
    void epochFollowsCurrentNode() throws Exception {
        data.insertSettlement(node, 77, NOW.minusSeconds(3_600), "5000", "unclaimed", null);
        try (TestStreamClient first = TestStreamClient.open(gateway, QUERY);
                Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            first.awaitEvent("node", 1);
            lockNodes(other, statement);
            try (TestStreamClient second = TestStreamClient.open(gateway, QUERY)) {
                statement.execute("update epoch_settlements set claim = 'claimed'");
                other.commit();
                first.awaitEvent("epoch", 1);
                second.awaitEvent("node", 1);

                assertThat(second.lines().stream().filter(line -> line.startsWith("event: ")))
                        .first()
                        .isEqualTo("event: node");
            }
        }
    }

    @Test
    void revokedKeyEndsItsStreams() throws Exception {
        String revoked = keys.run("create", "revoked");
        String kept = keys.run("create", "kept");
        try (TestStreamClient one = TestStreamClient.open(gateway, QUERY, "X-Api-Key", revoked);
                TestStreamClient other = TestStreamClient.open(gateway, QUERY, "X-Api-Key", kept)) {
            one.awaitEvent("node", 1);
            other.awaitEvent("node", 1);
            keys.run("revoke", "revoked");
            one.awaitEnd();
            data.run("update node_stats_cache set status = 'jailed'");

            other.awaitEvent("node", 2);
        }
    }

    @Test
    void failedStartReleasesPermit() {
        TestStreamClient.awaitOpen(gateway, 0);
        HttpServletRequest request =
                StubServlet.proxy(HttpServletRequest.class, (self, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getAttribute" -> arguments[0].equals(RequestClientContext.class.getName()) ? "client" : null;
                    case "startAsync" -> throw new IllegalStateException("The connection is closed");
                    default -> null;
                });
        HttpServletResponse response = StubServlet.proxy(HttpServletResponse.class, (self, method, arguments) -> null);

        assertThatIllegalStateException()
                .isThrownBy(() -> gateway.bean(StreamController.class).stream(List.of(NODE), request, response));
        assertThat(gateway.bean(StreamLimiter.class).open()).isZero();
    }

    /** Locks a table until the end of the transaction, and waits until the feed waits for it. */
    private void lockNodes(Connection connection, Statement statement) throws SQLException {
        connection.setAutoCommit(false);
        statement.execute("lock table nodes");
        await().atMost(Duration.ofMinutes(1)).until(new BlockingSession(database, connection)::isBlocking);
    }
}
