package io.gonkapulse.apigateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a client receives that names its last event. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class StreamResumeTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");
    private static final String UNKNOWN = NodeIdentifier.wallet(new byte[20]).value();

    private static final int MANY_NODES = 100;
    private static final int DAYS = 3;

    private final GatewayTestData data;
    private final TestGateway gateway;
    private int nodes;
    private String query = "";

    StreamResumeTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW), "--gateway.max-streams-per-client=1000");
    }

    @BeforeEach
    void insertNode() {
        data.clear();
        // The feed of earlier tests still watches their nodes.
        String identifier = "gonka1a" + nodes++;
        query = "identifier=" + identifier;
        data.node(identifier).stats("healthy", NOW).insert();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @Test
    void resetsAfterUnwatchedTime() throws Exception {
        String id = readFirstId(query);
        TestStreamClient.awaitOpen(gateway, 0);
        gateway.advanceCacheTime(Duration.ofSeconds(61));
        data.run("update node_stats_cache set status = 'jailed'");
        try (TestStreamClient again = TestStreamClient.open(gateway, query, "Last-Event-ID", id)) {
            assertThat(again.awaitEvent("node", 1).at("/stats/status").asString())
                    .isEqualTo("jailed");
            assertThat(again.lines()).contains("event: reset");
        }
    }

    @Test
    void resetsForAddedIdentifier() throws Exception {
        data.node("gonka1b").stats("healthy", NOW).insert();
        String id = readFirstId(query);
        try (TestStreamClient again =
                TestStreamClient.open(gateway, query + "&identifier=gonka1b", "Last-Event-ID", id)) {
            again.awaitEvent("node", 2);

            assertThat(again.lines()).contains("event: reset");
        }
    }

    @Test
    void resumesBesideUnknownNode() throws Exception {
        String both = query + "&identifier=" + UNKNOWN;
        try (TestStreamClient other = TestStreamClient.open(gateway, query)) {
            String id = readFirstId(both);
            other.awaitEvent("node", 1);
            TestStreamClient.awaitOpen(gateway, 1);
            data.run("update node_stats_cache set status = 'jailed'");
            other.awaitEvent("node", 2);
            try (TestStreamClient again = TestStreamClient.open(gateway, both, "Last-Event-ID", id)) {
                assertThat(again.awaitEvent("node", 1).at("/stats/status").asString())
                        .isEqualTo("jailed");
                assertThat(again.lines()).doesNotContain("event: reset");
            }
        }
    }

    @Test
    void resumesAfterManyEvents() throws Exception {
        String all = insertNodesWithDays();
        String id = changeDays(all, 2);
        try (TestStreamClient again = TestStreamClient.open(gateway, all, "Last-Event-ID", id)) {
            again.awaitEvent("day", MANY_NODES * DAYS * 2);

            assertThat(again.lines()).doesNotContain("event: reset");
        }
    }

    /** More than a stream can queue. */
    @Test
    void resetsAfterTooManyEvents() throws Exception {
        String all = insertNodesWithDays();
        String id = changeDays(all, 4);
        try (TestStreamClient again = TestStreamClient.open(gateway, all, "Last-Event-ID", id)) {
            again.awaitEvent("node", MANY_NODES);

            assertThat(again.lines()).contains("event: reset");
        }
    }

    /** Returns the query of a stream of all of them. */
    private String insertNodesWithDays() {
        List<String> identifiers = IntStream.range(0, MANY_NODES)
                .mapToObj(i -> "gonka1m" + nodes + "n" + i)
                .toList();
        for (String identifier : identifiers) {
            UUID node = data.node(identifier).stats("healthy", NOW).insert();
            for (int day = 0; day < DAYS; day++) {
                data.insertEarnings(node, TODAY.minusDays(day), "70", "settled");
            }
        }
        return identifiers.stream().map(one -> "identifier=" + one).collect(Collectors.joining("&"));
    }

    /** Changes every day so many times, and returns the id of the event before. */
    private String changeDays(String ofQuery, int times) throws IOException, InterruptedException {
        try (TestStreamClient stream = TestStreamClient.open(gateway, ofQuery)) {
            stream.awaitEvent("node", MANY_NODES);
            String id = stream.lastEventId();
            for (int change = 1; change <= times; change++) {
                data.run("update earnings_history set earnings_gnk = ngonka_to_gnk(%1$d), earnings_ngonka = %1$d"
                        .formatted(change));
                stream.awaitEvent("day", MANY_NODES * DAYS * change);
            }
            return id;
        }
    }

    private String readFirstId(String ofQuery) throws IOException, InterruptedException {
        try (TestStreamClient stream = TestStreamClient.open(gateway, ofQuery)) {
            stream.awaitEvent("node", 1);
            return stream.lastEventId();
        }
    }
}
