package io.gonkapulse.statswriter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.json.SnapshotCodec;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.LiveSnapshotBuilder;
import io.gonkapulse.testkit.messages.TestMessages;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.Random.class)
class StatsWriterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final StatsWriterFixture writer;
    private final Instant now = InstantSource.system().instant();
    private long sent;
    private int node = 100;

    StatsWriterTest(TestBroker broker, TestDatabase database) {
        StatsWriterFixture.createSchema(database);
        broker.createTopic(
                KafkaTopic.SNAPSHOTS.name(),
                KafkaTopic.SNAPSHOTS.partitions(),
                Map.of("max.message.bytes", String.valueOf(8 << 20)));
        writer = new StatsWriterFixture(broker, database);
    }

    @BeforeAll
    void awaitReady() {
        await().atMost(TIMEOUT).until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        writer.close();
    }

    private LiveSnapshotBuilder live(NodeIdentifier of) {
        return TestMessages.live().node(of).at(now);
    }

    private NodeIdentifier newNode() {
        return TestMessages.node(node++);
    }

    private void sendAndAwait(Snapshot... snapshots) {
        Arrays.stream(snapshots).forEach(writer::send);
        awaitSent(snapshots.length);
    }

    private void awaitSent(int records) {
        writer.flush();
        sent += records;
        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.SNAPSHOTS, sent));
    }

    private Map<String, Object> row(NodeIdentifier of) {
        return row(of.value());
    }

    private Map<String, Object> row(String identifier) {
        return writer.jdbc.queryForMap("select * from current_node_stats where identifier = ?", identifier);
    }

    @Test
    void storesNodeAndStatsOfSnapshot() {
        NodeIdentifier of = newNode();

        // Newer than the field {@code now}, so that the view does not report it as stale.
        sendAndAwait(live(of).at(InstantSource.system().instant())
                .displayName("Ada")
                .tokensPerSecond(new BigDecimal("12.345"))
                .build());

        assertThat(row(of))
                .containsEntry("identifier_type", "wallet")
                .containsEntry("display_name", "Ada")
                .containsEntry("gpu_type", "H100")
                .containsEntry("status", "healthy")
                .containsEntry("offline", false)
                .containsEntry("stale", false)
                .containsEntry("source", "tracker")
                .containsEntry("tokens_per_sec", new BigDecimal("12.35"))
                .containsEntry("voting_weight", new BigDecimal("3965.00000000"));
        assertThat(facts(of))
                .containsEntry("epoch", 105L)
                .containsEntry("gpu_count", 8L)
                .containsEntry("tracker_success_rate", new BigDecimal("100.00"));
    }

    @Test
    void storesCountersOfNewestSnapshot() {
        NodeIdentifier of = newNode();

        sendAndAwait(
                live(of).missed(9).validated(8).invalidated(7).build(),
                live(of).at(now.plusSeconds(30))
                        .missed(3)
                        .validated(5)
                        .invalidated(1)
                        .models("first", "a \"quoted\", {odd} \\ one")
                        .build(),
                live(of).at(now.plusSeconds(29)).missed(2).build());

        assertThat(facts(of))
                .containsEntry("missed", 3L)
                .containsEntry("validated", 5L)
                .containsEntry("invalidated", 1L);
        assertThat(models(of)).containsExactly("first", "a \"quoted\", {odd} \\ one");
    }

    @Test
    void storesNoModelsIfUnknown() {
        NodeIdentifier of = newNode();

        sendAndAwait(live(of).model(null).build());

        assertThat(models(of)).isEmpty();
        assertThat(row(of)).containsEntry("active_model", null);
    }

    private Map<String, Object> facts(NodeIdentifier of) {
        return writer.jdbc.queryForMap(
                "select facts.* from node_facts facts join nodes on nodes.id = node_id where identifier = ?",
                of.value());
    }

    private List<String> models(NodeIdentifier of) {
        return writer.jdbc.queryForList(
                "select unnest(models) from node_facts join nodes on nodes.id = node_id where identifier = ?",
                String.class,
                of.value());
    }

    @Test
    void ignoresOlderSnapshots() {
        NodeIdentifier of = newNode();

        sendAndAwait(
                live(of).status(NodeStatus.JAILED).build(),
                live(of).at(now.minusSeconds(60)).build(),
                live(of).fetchedAt(now.plusSeconds(5))
                        .observedAt(now.minusSeconds(2_700))
                        .build());

        assertThat(row(of)).containsEntry("status", "jailed");
        assertThat(row(of)).containsEntry("fetched_at", Timestamp.from(now.truncatedTo(ChronoUnit.MICROS)));
    }

    @Test
    void settledSnapshotCreatesNodeWithoutStats() {
        NodeIdentifier of = newNode();

        sendAndAwait(TestMessages.settled().node(of).at(now).build());

        assertThat(row(of))
                .containsEntry("status", null)
                .containsEntry("fetched_at", null)
                .containsEntry("offline", null);
    }

    @Test
    void keepsNameSetByOperator() {
        NodeIdentifier of = newNode();
        sendAndAwait(live(of).displayName("first").gpu("H100", 8L).build());
        writer.jdbc.update(
                "update nodes set display_name = 'mine', region = 'Almaty' where identifier = ?", of.value());

        sendAndAwait(live(of).at(now.plusSeconds(1))
                .displayName("second")
                .gpu("H200", 8L)
                .build());
        sendAndAwait(live(of).at(now.plusSeconds(2))
                .displayName("third")
                .gpu(null, null)
                .build());
        sendAndAwait(live(of).at(now.plusSeconds(3))
                .displayName("fourth")
                .gpu("B200", 1L)
                .build());

        assertThat(row(of))
                .containsEntry("display_name", "mine")
                .containsEntry("region", "Almaty")
                .containsEntry("gpu_type", "B200");
    }

    @Test
    void keepsValuesOfExistingNode() {
        NodeIdentifier of = newNode();
        writer.jdbc.update(
                "insert into nodes (identifier, identifier_type, display_name, gpu_type) values (?, 'wallet', 'm', '4090')",
                of.value().toUpperCase(Locale.ROOT));

        sendAndAwait(live(of).displayName("first").gpu("H100", 8L).build());
        sendAndAwait(live(of).at(now.plusSeconds(1))
                .displayName("second")
                .gpu("H200", 8L)
                .build());

        assertThat(row(of.value().toUpperCase(Locale.ROOT)))
                .containsEntry("display_name", "m")
                .containsEntry("gpu_type", "4090")
                .containsEntry("status", "healthy");
        assertThat(writer.jdbc.queryForObject(
                        "select count(*) from nodes where lower(identifier) = ?", Long.class, of.value()))
                .isEqualTo(1);
    }

    @Test
    void updatesStatsOfDeletedNode() {
        NodeIdentifier of = newNode();
        sendAndAwait(live(of).build());
        writer.jdbc.update("update nodes set deleted_at = now() where identifier = ?", of.value());

        sendAndAwait(live(of).at(now.plusSeconds(1)).status(NodeStatus.JAILED).build());

        assertThat(writer.jdbc.queryForMap("""
                        select deleted_at is not null as deleted, status
                          from nodes
                          join node_stats_cache on node_id = id
                         where identifier = ?
                        """, of.value()))
                .containsEntry("deleted", true)
                .containsEntry("status", "jailed");
    }

    @Test
    void recreatesNodeDeletedWhileCached() {
        NodeIdentifier of = newNode();
        sendAndAwait(live(of).build());
        writer.jdbc.update("delete from nodes where identifier = ?", of.value());

        sendAndAwait(live(of).at(now.plusSeconds(1)).build());

        assertThat(row(of)).containsEntry("status", "healthy");
    }

    @Test
    void deadLettersInvalidRecordsWithReason() {
        NodeIdentifier of = newNode();
        // A node of its own: a newer snapshot in the same batch would supersede the refused one.
        NodeIdentifier refused = newNode();
        List<Long> before = writer.meterCounts(KafkaTopic.SNAPSHOTS, sent);
        long deadLettersBefore = writer.deadLetters(KafkaTopic.SNAPSHOTS).size();
        SnapshotCodec codec = new SnapshotCodec();
        byte[] good = codec.encode(live(of).build());
        byte[] huge = new byte[2 << 20];
        Arrays.fill(huge, (byte) ' ');

        sendRaw(of, good);
        sendRaw(of, Arrays.copyOf(good, good.length - 1));
        sendRaw(of, codec.encode(live(of).at(now.plusSeconds(1)).build()));
        sendRaw(
                refused,
                codec.encode(live(refused)
                        .at(now.plusSeconds(2))
                        .tokensPerSecond(new BigDecimal("123456789012"))
                        .build()));
        sendRaw(of, new String(good, UTF_8).replace("\"v\":1", "\"v\":2").getBytes(UTF_8));
        sendRaw(of, null);
        sendRaw(of, huge);
        sendRaw(
                of,
                codec.encode(live(of).at(now.plusSeconds(3))
                        .status(NodeStatus.UNHEALTHY)
                        .build()));
        awaitSent(8);

        List<Long> after = writer.meterCounts(KafkaTopic.SNAPSHOTS, sent);
        assertThat(after.get(0) - before.get(0)).isEqualTo(8);
        assertThat(after.get(3) - before.get(3)).isEqualTo(5);
        assertThat(after.get(1) - before.get(1) + after.get(2) - before.get(2)).isEqualTo(3);
        assertThat(writer.deadLetters(KafkaTopic.SNAPSHOTS).stream()
                        .skip(deadLettersBefore)
                        .map(deadLetter -> deadLetter.reason() + " " + deadLetter.length()))
                .containsExactlyInAnyOrder(
                        "NOT_JSON " + (good.length - 1),
                        "SQLSTATE 22003 "
                                + codec.encode(live(refused)
                                                .at(now.plusSeconds(2))
                                                .tokensPerSecond(new BigDecimal("123456789012"))
                                                .build())
                                        .length,
                        "UNKNOWN_VERSION " + good.length,
                        "TOMBSTONE -1",
                        "NOT_JSON " + (2 << 20));
        assertThat(row(of)).containsEntry("status", "unhealthy");
    }

    private void sendRaw(NodeIdentifier of, byte @Nullable [] value) {
        writer.send(KafkaTopic.SNAPSHOTS, of.value(), value);
    }

    @Test
    void storesHealthMinutesAsBits() {
        NodeIdentifier of = newNode();
        Instant hour = Instant.ofEpochSecond(now.getEpochSecond() / 3_600 * 3_600 - 3_600);

        sendAndAwait(
                live(of).at(hour).build(),
                live(of).at(hour.plusSeconds(59)).status(NodeStatus.UNHEALTHY).build(),
                live(of).at(hour.plusSeconds(60)).status(NodeStatus.JAILED).build(),
                live(of).at(hour.plusSeconds(120)).status(NodeStatus.UNKNOWN).build(),
                live(of).at(hour.plusSeconds(59 * 60)).build());

        assertThat(writer.jdbc.queryForMap("""
                        select extract(epoch from hour)::bigint as hour, seen, unhealthy, jailed
                          from node_health_hourly
                          join nodes on id = node_id
                         where identifier = ?
                        """, of.value()))
                .containsEntry("hour", hour.getEpochSecond())
                .containsEntry("seen", 0b11L | 1L << 59)
                .containsEntry("unhealthy", 0b1L)
                .containsEntry("jailed", 0b10L);
    }

    @Test
    void storesTrackerStateOfPolls() {
        long before = writer.storedCounts(KafkaTopic.POLLS).get(0);
        writer.send(TestMessages.poll().tracker("a").id("1").startedAt(now).build());
        writer.send(TestMessages.poll()
                .tracker("a")
                .id("2")
                .startedAt(now.plusSeconds(60))
                .failed("refused")
                .build());
        writer.send(TestMessages.poll()
                .tracker("a")
                .id("0")
                .startedAt(now.minusSeconds(60))
                .build());
        writer.send(TestMessages.poll()
                .tracker("a")
                .id("3")
                .startedAt(now.plusSeconds(90))
                .purpose(Poll.Purpose.SETTLEMENT)
                .build());
        writer.send(TestMessages.poll().tracker("a").id("1").startedAt(now).build());
        writer.flush();
        await().atMost(TIMEOUT).until(() -> writer.hasApplied(KafkaTopic.POLLS, before + 5));

        assertThat(writer.jdbc.queryForMap("select * from trackers where name = 'a'"))
                .containsEntry("last_poll_id", "2")
                .containsEntry("outcome", "failed")
                .containsEntry("error", "refused")
                .containsEntry("epoch", 105L)
                .containsEntry("height", 1_634_323L)
                .containsEntry("published", 0L)
                .extractingByKey("last_success_at")
                .isEqualTo(Timestamp.from(now.truncatedTo(ChronoUnit.MICROS)));
        assertThat(writer.jdbc.queryForObject("select count(*) from tracker_polls where tracker = 'a'", Long.class))
                .isEqualTo(4);
        assertThat(writer.storedCounts(KafkaTopic.POLLS)).element(3).isEqualTo(0L);
    }

    @Test
    void exposesMetersAndHealth() throws Exception {
        String meters = get("/actuator/prometheus").body();

        assertThat(meters)
                .contains(
                        "gonkapulse_records_received_total{",
                        "gonkapulse_records_stored_total{",
                        "gonkapulse_records_superseded_total{",
                        "gonkapulse_records_dead_lettered_total{",
                        "gonkapulse_consumer_batches_seconds_count{");
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/readiness").body()).contains("\"consumerReadiness\"", "\"db\"");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + writer.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
