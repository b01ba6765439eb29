package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static io.gonkapulse.trackerpoller.values.TestNodeCounters.counters;
import static io.gonkapulse.trackerpoller.values.TestNodeFacts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.DirectTrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.values.TestNetworkFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-written responses of a chain node: epoch 7 runs, created at block 1000 and current since block 1120. */
class GonkaNodeApiTest {

    private static final String ONE = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";
    private static final String TWO = "gonka1qygkrhu964zy4r2t9fmlz8fe0q7s0nujw9hvu8";
    private static final String THREE = "gonka109xyam3aq9xt6tjgkgtwwahky7hfd84nl8tvup";
    private static final String STATE = "/chain-api/productscience/inference/inference/";
    private static final String LIST = STATE + "participant?pagination.limit=10000";
    private static final String CURRENT_SET = "/v1/epochs/current/participants";
    private static final String LATEST = "/v1/epochs/latest";
    private static final String STATUS = "/chain-rpc/status";
    private static final String ZEROES = "'current_epoch_stats':{}";
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:30Z");

    private final StubTrackerServer server = new StubTrackerServer();
    private final DirectTrackerClient client = new DirectTrackerClient(server.url(), InstantSource.fixed(NOW));
    private final TrackerApi api = new GonkaNodeType().createApi();

    GonkaNodeApiTest() {
        status(2000);
        latest(7, 1000, 1120);
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':5,'models':['m','n']},{'index':'" + TWO + "'}");
        server.respond(
                LIST,
                "{'participant':[{'index':'" + ONE + "','weight':-1,'status':'ACTIVE','current_epoch_stats':"
                        + "{'inference_count':'4','earned_coins':'17'}},{'index':'" + TWO + "'},{'index':'" + THREE
                        + "'}],'pagination':{'next_key':null,'total':'0'}}");
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(client.openResponses()).isZero();
    }

    @Test
    void joinsActiveSetWithListAtOneHeight() {
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.participants())
                .containsExactly(
                        new EpochParticipant(
                                NodeIdentifier.parse(ONE),
                                counters().earned(17).inferences(4).build(),
                                NodeStatus.UNKNOWN,
                                facts().status("ACTIVE")
                                        .weight(5L)
                                        .models("m", "n")
                                        .build()),
                        new EpochParticipant(
                                NodeIdentifier.parse(TWO),
                                NodeCounters.ZERO,
                                NodeStatus.UNKNOWN,
                                facts().weight(0L).build()));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.NOT_ACTIVE, 1)));
        assertThat(reading.network())
                .isEqualTo(TestNetworkFacts.epoch(7)
                        .block(2000, Instant.parse("2026-01-01T10:00:00.123456789Z"))
                        .phase("Inference")
                        .catchingUp(true)
                        .nextEpochHeight(3000)
                        .build());
        assertThat(server.headers("x-cosmos-block-height")).containsExactly("2000");
    }

    @Test
    void readsListPageByPage() {
        server.respond(LIST, "{'participant':[{'index':'" + ONE + "'}],'pagination':{'next_key':'MTA+/w=='}}");
        server.respond(
                LIST + "&pagination.key=MTA%2B%2Fw%3D%3D",
                "{'participant':[{'index':'" + TWO + "'}],'pagination':{'next_key':''}}");
        assertThat(EpochReading.read(api, client).participants()).hasSize(2);
        assertThat(server.headers("x-cosmos-block-height")).containsExactly("2000", "2000");
    }

    @Test
    void rejectsPageLoop() {
        server.respond(LIST, "{'participant':[],'pagination':{'next_key':'again'}}");
        server.respond(LIST + "&pagination.key=again", "{'participant':[],'pagination':{'next_key':'again'}}");
        assertUnusable(() -> api.currentEpoch(client));
        assertThat(server.headers("x-cosmos-block-height")).hasSize(2);
    }

    @Test
    void rejectsPagesBeyondBodyLimit() {
        String next = LIST;
        for (int i = 0; i < 100; i++) {
            server.respond(next, "{'participant':[{'index':'" + ONE + "'}],'pagination':{'next_key':'" + i + "'}}");
            next = LIST + "&pagination.key=" + i;
        }
        DirectTrackerClient bounded = new DirectTrackerClient(server.url(), InstantSource.fixed(NOW), 1_000);
        assertThatThrownBy(() -> api.currentEpoch(bounded)).isInstanceOfSatisfying(TrackerRequestException.class, e -> {
            assertThat(e.reason()).isEqualTo(RequestFailureReason.TOO_LONG);
            assertThat(e).hasMessageContaining("1000 bytes");
        });
        assertThat(server.headers("x-cosmos-block-height")).hasSizeBetween(5, 15);
        assertThat(bounded.openResponses()).isZero();
    }

    /** Beyond the latest epoch, and beyond the block. */
    @ParameterizedTest
    @CsvSource({"8, 7", "2001, 2001"})
    void rejectsEpochBeyondChain(long active, long latest) {
        latest(latest, 1000, 1120);
        set("current", active, 1000, "{'index':'" + ONE + "'}");
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void toleratesMissingStages() {
        EpochReading plain = EpochReading.read(api, client);
        server.remove(LATEST);
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.participants()).isEqualTo(plain.participants());
        assertThat(reading.skipped()).isEqualTo(plain.skipped());
        assertThat(reading.network().phase()).isNull();
        assertThat(reading.network().nextEpochHeight()).isNull();
        assertThat(reading.network().height()).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {STATUS, CURRENT_SET, LIST})
    void requiresEssentialResponses(String essential) {
        server.remove(essential);
        assertThatThrownBy(() -> api.currentEpoch(client))
                .isInstanceOfSatisfying(
                        TrackerRequestException.class,
                        e -> assertThat(e.status()).hasValue(404));
        server.respond(essential, "{'error':{'code':-32603}}");
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void rejectsSetNewerThanHeight() {
        status(999);
        assertUnusable(() -> api.currentEpoch(client));
        status(1000);
        assertThat(EpochReading.read(api, client).epoch()).isEqualTo(7);
    }

    @Test
    void rejectsSetOfEndedEpoch() {
        latest(8, 1900, 2001);
        assertThat(EpochReading.read(api, client).network().nextEpochHeight()).isNull();
        latest(8, 1900, 2000);
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void usesFirstEntryOfSet() {
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':5},{'index':'" + ONE + "','weight':6}");
        assertThat(EpochReading.read(api, client).participants())
                .extracting(participant -> participant.facts().weight())
                .containsExactly(5L);
    }

    @Test
    void skipsMalformedMember() {
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':'heavy'},{'index':'" + TWO + "'},5,{'weight':7}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.MALFORMED, 1, SkipReason.NOT_ACTIVE, 1)));
    }

    @Test
    void skipsMalformedListEntry() {
        server.respond(
                LIST,
                "{'participant':[5,{'index':'nobody'},{'index':'" + ONE + "'," + ZEROES + "," + ZEROES + "},{'index':'"
                        + TWO + "'}],'pagination':{}}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped())
                .isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.MALFORMED, 2, SkipReason.BAD_IDENTIFIER, 1)));
    }

    @Test
    void settlesEpochByBlockOfNextSet() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        set("7", 7, 1000, "{'index':'" + TWO + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        PastEpoch past = api.pastEpoch(client, 6);
        assertThat(past)
                .isEqualTo(new PastEpoch(
                        6,
                        Set.of(NodeIdentifier.parse(ONE)),
                        Instant.parse("2026-01-01T10:00:00.123456789Z"),
                        2000L,
                        Optional.of(new SettlementBlock(1000L, Instant.parse("2026-01-01T08:00:00Z"))),
                        Optional.empty()));
    }

    @Test
    void usesStagesWithoutNextSet() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        assertThat(api.pastEpoch(client, 6).settled())
                .contains(new SettlementBlock(1000L, Instant.parse("2026-01-01T08:00:00Z")));
        latest(7, 2001, 2121);
        assertThat(new GonkaNodeType().createApi().pastEpoch(client, 6).settled())
                .isEmpty();
    }

    @Test
    void isUnsettledWithoutSetAndStages() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        server.remove(LATEST);
        assertThat(api.pastEpoch(client, 6).settled()).isEmpty();
    }

    @Test
    void timesPrunedBlockByNearbyBlock() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1002, "2026-01-01T08:00:12Z");
        assertThat(api.pastEpoch(client, 6).settled())
                .contains(new SettlementBlock(1000L, Instant.parse("2026-01-01T08:00:12Z")));
    }

    @Test
    void rejectsPrunedBlockWithoutNearbyBlock() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1003, "2026-01-01T08:00:18Z");
        assertUnusable(() -> api.pastEpoch(client, 6));
        set("7", 7, 1000, "");
        assertUnusable(() -> api.pastEpoch(client, 6));
    }

    @Test
    void doesNotRequestPrunedBlock() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1001, "2026-01-01T08:00:06Z");
        server.respond(
                STATUS,
                "{'result':{'sync_info':{'latest_block_height':2000,'latest_block_time':'2026-01-01T10:00:00Z',"
                        + "'earliest_block_height':'1001'}}}");
        assertThat(api.pastEpoch(client, 6).settled())
                .contains(new SettlementBlock(1000L, Instant.parse("2026-01-01T08:00:06Z")));
        assertThat(server.requestedTargets()).noneMatch(path -> path.startsWith("/chain-rpc/block"));
    }

    @Test
    void toleratesUnreadableProof() {
        String set = "{'active_participants':{'participants':[{'index':'" + ONE + "'}],'epoch_id':7,"
                + "'created_at_block_height':1000},'proof_ops':'cut','block':'cut'}";
        server.respond(CURRENT_SET, set).respond("/v1/epochs/7/participants", set);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        assertThat(EpochReading.read(api, client).participants()).hasSize(1);
        assertThat(api.pastEpoch(client, 6).settled())
                .contains(new SettlementBlock(1000L, Instant.parse("2026-01-01T08:00:00Z")));
    }

    @Test
    void rejectsEpochWithPrunedNextSet() {
        latest(12, 1900, 2020);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        assertUnusable(() -> api.pastEpoch(client, 6));
    }

    @Test
    void forfeitsRewardsTwoSettlementsLater() {
        latest(9, 1900, 2020);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        set("7", 7, 1000, "{'index':'" + ONE + "'}");
        set("9", 9, 1900, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        block(1900, "2026-01-01T09:50:00Z");
        assertThat(api.pastEpoch(client, 6).forfeited())
                .contains(new SettlementBlock(1900L, Instant.parse("2026-01-01T09:50:00Z")));
    }

    @Test
    void rejectsSetOfAnotherEpoch() {
        set("6", 7, 1000, "{'index':'" + ONE + "'}");
        assertUnusable(() -> api.pastEpoch(client, 6));
    }

    @Test
    void readsWholeSummary() {
        summary("'epoch_index':'6','participant_id':'" + ONE + "','inference_count':'1106','missed_requests':'1',"
                + "'earned_coins':'3','rewarded_coins':'38627452617213','burned_coins':'0',"
                + "'validated_inferences':'1072','invalidated_inferences':'8','claimed':true");
        assertThat(api.nodeResult(client, past(2000L), NodeIdentifier.parse(ONE)))
                .contains(new RewardedResult(
                        counters()
                                .earned(3)
                                .inferences(1106)
                                .missed(1)
                                .validated(1072)
                                .invalidated(8)
                                .build(),
                        Ngonka.of(38_627_452_617_213L),
                        true,
                        false));
        assertThat(server.headers("x-cosmos-block-height")).containsExactly("2000");
    }

    @Test
    void requestsNewestWithoutHeight() {
        summary("'epoch_index':'6','participant_id':'" + ONE + "'");
        assertThat(api.nodeResult(client, past(null), NodeIdentifier.parse(ONE)))
                .contains(new RewardedResult(NodeCounters.ZERO, Ngonka.ZERO, false, false));
        assertThat(server.headers("x-cosmos-block-height")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'epoch_index':'5','participant_id':'" + ONE + "'",
                "'epoch_index':'6','participant_id':'" + TWO + "'",
                "'epoch_index':'6'",
                "'epoch_index':'6','participant_id':'" + ONE + "','rewarded_coins':'-1'",
                ""
            })
    void rejectsForeignSummary(String fields) {
        summary(fields);
        assertUnusable(() -> api.nodeResult(client, past(2000L), NodeIdentifier.parse(ONE)));
    }

    @Test
    void notFoundIsEmpty() {
        assertThat(api.nodeResult(client, past(2000L), NodeIdentifier.parse(ONE)))
                .isEmpty();
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).isEmpty();
    }

    @Test
    void emptyHardwareListIsEmpty() {
        server.respond(STATE + "hardware_nodes/" + ONE, "{'nodes':{'participant':'" + ONE + "','hardware_nodes':[]}}");
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).isEmpty();
        server.respond(STATE + "hardware_nodes/" + ONE, "{'nodes':null}");
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).isEmpty();
    }

    private void status(long height) {
        server.respond(
                STATUS,
                "{'result':{'sync_info':{'latest_block_height':'" + height
                        + "','latest_block_time':'2026-01-01T10:00:00.123456789Z','catching_up':true}}}");
    }

    private void latest(long epoch, long validationEnd, long setNewValidators) {
        server.respond(
                LATEST,
                "{'latest_epoch':{'index':" + epoch + "},'phase':'Inference','epoch_stages':{'poc_validation_end':"
                        + validationEnd + ",'set_new_validators':" + setNewValidators + ",'next_poc_start':3000}}");
    }

    private void set(String which, long epoch, long createdAt, String participants) {
        server.respond(
                "/v1/epochs/" + which + "/participants",
                "{'active_participants':{'participants':[" + participants + "],'epoch_id':" + epoch
                        + ",'created_at_block_height':" + createdAt + "}}");
    }

    private void proof(String which, long epoch, long createdAt, long height, String time) {
        server.respond(
                "/v1/epochs/" + which + "/participants",
                "{'active_participants':{'epoch_group_id':'" + epoch + "','created_at_block_height':" + createdAt
                        + "},'block':{'header':{'height':'" + height + "','time':'" + time + "'}}}");
    }

    private void block(long height, String time) {
        server.respond("/chain-rpc/block?height=" + height, "{'result':{'block':{'header':{'time':'" + time + "'}}}}");
    }

    private void summary(String fields) {
        server.respond(STATE + "epoch_performance_summary/6/" + ONE, "{'epochPerformanceSummary':{" + fields + "}}");
    }

    private static PastEpoch past(@Nullable Long height) {
        return new PastEpoch(6, Set.of(NodeIdentifier.parse(ONE)), NOW, height, Optional.empty(), Optional.empty());
    }

    private static void assertUnusable(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        TrackerRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(RequestFailureReason.UNUSABLE));
    }
}
