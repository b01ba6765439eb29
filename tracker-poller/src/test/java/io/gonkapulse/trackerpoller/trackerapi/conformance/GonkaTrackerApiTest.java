package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static io.gonkapulse.trackerpoller.values.TestNodeCounters.counters;
import static io.gonkapulse.trackerpoller.values.TestNodeFacts.facts;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import io.gonkapulse.trackerpoller.http.DirectTrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.CountersOnlyResult;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult.RewardedResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import io.gonkapulse.trackerpoller.values.TestNetworkFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-written responses of a tracker, for what the simulated network does not produce. */
class GonkaTrackerApiTest {

    private static final String ONE = "gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7";
    private static final String TWO = "gonka1qygkrhu964zy4r2t9fmlz8fe0q7s0nujw9hvu8";
    private static final String CURRENT = "/api/v1/inference/current";
    private static final Instant NOW = Instant.parse("2025-12-08T14:00:00Z");
    private static final String HEAD = "'epoch_id':105,'height':1634323,'cached_at':'2025-12-08T13:56:38.900851',"
            + "'is_current':true,'current_block_height':1634323,"
            + "'current_block_timestamp':'2025-12-08T13:56:28.426061722Z','avg_block_time':6.02,"
            + "'next_poc_start_block':1642801";

    private static final NodeCounters LITTLE_WORK =
            counters().earned(9).inferences(3).build();

    private final StubTrackerServer server = new StubTrackerServer().respond("/api/v1/hello", "{'message':'hello'}");
    private final DirectTrackerClient client = new DirectTrackerClient(server.url(), InstantSource.fixed(NOW));
    private final TrackerApi api = new GonkaTrackerType().createApi();

    @AfterEach
    void close() {
        server.close();
        assertThat(client.openResponses()).isZero();
    }

    @Test
    void readsWholeParticipant() {
        EpochReading reading = read("{'index':' " + ONE.toUpperCase(Locale.ROOT) + "','weight':3965,'status':'ACTIVE',"
                + "'models':['Qwen/Qwen3-32B-FP8','other'],'moniker':'A node','is_jailed':true,"
                + "'jailed_until':'2025-12-09T00:00:00.123456789Z','node_healthy':true,'inference_url':'http://10.0.0.1',"
                + "'current_epoch_stats':{'inference_count':'6','missed_requests':'1','earned_coins':'1000000000000000000',"
                + "'rewarded_coins':'7','validated_inferences':'5','invalidated_inferences':'2'}}");
        assertThat(reading.participants())
                .containsExactly(new EpochParticipant(
                        NodeIdentifier.parse(ONE),
                        counters()
                                .earned(MessageLimits.MAX_AMOUNT)
                                .inferences(6)
                                .missed(1)
                                .validated(5)
                                .invalidated(2)
                                .build(),
                        NodeStatus.JAILED,
                        facts().status("ACTIVE")
                                .weight(3965L)
                                .models("Qwen/Qwen3-32B-FP8", "other")
                                .displayName("A node")
                                .jailedUntil(Instant.parse("2025-12-09T00:00:00.123456789Z"))
                                .build()));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of()));
        assertThat(reading.network())
                .isEqualTo(TestNetworkFacts.epoch(105)
                        .block(1634323, Instant.parse("2025-12-08T13:56:28.426061722Z"))
                        .averageBlockSeconds("6.02")
                        .nextEpochHeight(1642801)
                        .build());
    }

    @Test
    void missingFieldsAreZeroOrUnknown() {
        assertThat(read("{'index':'" + ONE + "'}").participants())
                .containsExactly(new EpochParticipant(
                        NodeIdentifier.parse(ONE),
                        NodeCounters.ZERO,
                        NodeStatus.UNKNOWN,
                        facts().weight(0L).build()));
    }

    @Test
    void nullFieldsAreUnknown() {
        EpochReading reading =
                read("{'index':'" + ONE + "','weight':null,'models':null,'moniker':null,'is_jailed':null,"
                        + "'node_healthy':null,'jailed_until':null,'status':null,'current_epoch_stats':null}");
        assertThat(reading.participants())
                .containsExactly(new EpochParticipant(
                        NodeIdentifier.parse(ONE), NodeCounters.ZERO, NodeStatus.UNKNOWN, NodeFacts.NONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'weight':'heavy'",
                "'weight':-1",
                "'weight':1.5",
                "'weight':NaN",
                "'weight':Infinity",
                "'weight':true",
                "'weight':''",
                "'weight':[1]",
                "'weight':1e999999999",
                "'weight':18446744073709551616",
                "'weight':1,'weight':1",
                "'models':'unavailable'",
                "'models':[{}]",
                "'models':['m',5]",
                "'models':{}",
                "'moniker':{'a':[1,{'b':2}]}",
                "'is_jailed':'perhaps'",
                "'is_jailed':1",
                "'jailed_until':'tomorrow'",
                "'jailed_until':'2025-02-31T00:00:00Z'",
                "'current_epoch_stats':'unavailable'",
                "'current_epoch_stats':[]",
                "'current_epoch_stats':{'earned_coins':'-1'}",
                "'current_epoch_stats':{'earned_coins':'1.5'}",
                "'current_epoch_stats':{'earned_coins':'18446744073709551616'}",
                "'current_epoch_stats':{'inference_count':'9223372036854775808'}",
                "'current_epoch_stats':{'missed_requests':'0x10'}",
                "'current_epoch_stats':{},'current_epoch_stats':{}"
            })
    void skipsMalformedParticipant(String fields) {
        EpochReading reading = read("{'index':'" + ONE + "'," + fields + "},{'index':'" + TWO + "'}");
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.MALFORMED, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'weight':1000000000000",
                "'current_epoch_stats':{'earned_coins':'1000000000000000001'}",
                "'current_epoch_stats':{'inference_count':'100000000001'}",
                "'current_epoch_stats':{'missed_requests':'9223372036854775807'}"
            })
    void skipsParticipantOutOfBounds(String fields) {
        EpochReading reading = read("{'index':'" + ONE + "'," + fields + "},{'index':'" + TWO + "'}");
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.OUT_OF_BOUNDS, 1)));
    }

    @Test
    void dropsModelsBeyondLimit() {
        String models = IntStream.range(0, 65).mapToObj(i -> "'m" + i + "'").collect(joining(","));
        NodeFacts facts = read("{'index':'" + ONE + "','models':['',' m0 '," + models + "]}")
                .participants()
                .get(0)
                .facts();
        assertThat(facts.models()).hasSize(62).startsWith("m0", "m1").endsWith("m61");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000", "1634324", "9223372036854775807"})
    void rejectsEpochBeyondBlock(String epoch) {
        server.respond(CURRENT, "{" + HEAD.replace("'epoch_id':105", "'epoch_id':" + epoch) + ",'participants':[]}");
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void rejectsEpochBeyondChainNode() {
        ChainEpochRegistry chain = new ChainEpochRegistry();
        TrackerApi bounded = new GonkaTrackerType(chain).createApi();
        server.respond(CURRENT, "{" + HEAD + ",'participants':[]}");
        chain.report("http://node", 103, NOW.minusSeconds(60));
        assertUnusable(() -> bounded.currentEpoch(client));
        chain.report("http://node", 104, NOW.minusSeconds(60));
        assertThat(EpochReading.read(bounded, client).epoch()).isEqualTo(105);
        chain.report("http://node", 103, NOW.minusSeconds(301));
        assertThat(EpochReading.read(bounded, client).epoch()).isEqualTo(105);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "'text'", "[]", "[[{}],{}]", "true"})
    void skipsEntryThatIsNoObject(String entry) {
        EpochReading reading = read(entry + ",{'index':'" + TWO + "'}");
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.MALFORMED, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'index':null}",
                "{'index':5}",
                "{'index':''}",
                "{'index':'gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh8'}"
            })
    void countsBadIdentifiers(String entry) {
        EpochReading reading = read(entry + ",{'index':'" + TWO + "'}");
        assertThat(reading.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(reading.skipped()).isEqualTo(EpochReading.skipCounts(Map.of(SkipReason.BAD_IDENTIFIER, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, JAILED",
        "true, false, JAILED",
        "false, true, HEALTHY",
        "false, false, UNHEALTHY",
        "null, true, HEALTHY",
        "null, false, UNHEALTHY",
        "null, null, UNKNOWN",
        "'\"true\"', '\"false\"', JAILED"
    })
    void jailedOverridesHealth(String jailed, String healthy, NodeStatus status) {
        assertThat(read("{'index':'" + ONE + "','is_jailed':" + jailed + ",'node_healthy':" + healthy + "}")
                        .participants())
                .extracting(EpochParticipant::status)
                .containsExactly(status);
    }

    @Test
    void sanitizesHostileTexts() {
        NodeFacts facts = read("{'index':'" + ONE + "','status':'" + "S".repeat(60) + "','models':['" + "m".repeat(300)
                        + "'],'moniker':'\\u0000 \\ud800\\u202ename\\u0007\\n" + "x".repeat(94) + "\\ud83d\\ude00'}")
                .participants()
                .get(0)
                .facts();
        assertThat(facts.participantStatus()).isEqualTo("S".repeat(50));
        assertThat(facts.model()).isEqualTo("m".repeat(255));
        assertThat(facts.displayName()).isEqualTo("name" + "x".repeat(94) + "\ud83d\ude00");
    }

    @Test
    void truncatesBetweenCharacters() {
        assertThat(read("{'index':'" + ONE + "','moniker':'" + "x".repeat(99) + "\\ud83d\\ude00'}")
                        .participants()
                        .get(0)
                        .facts()
                        .displayName())
                .isEqualTo("x".repeat(99));
    }

    @Test
    void acceptsHeaderAfterParticipants() {
        server.respond(CURRENT, "{'participants':[{'index':'" + ONE + "'}]," + HEAD + "}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.epoch()).isEqualTo(105);
        assertThat(reading.participants()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "'text'",
                "{'epoch_id':105}",
                "{'participants':[]}",
                "{'epoch_id':null,'participants':[]}",
                "{'epoch_id':'latest','participants':[]}",
                "{'epoch_id':105,'epoch_id':106,'participants':[]}",
                "{'epoch_id':105,'participants':{}}",
                "{'epoch_id':105,'participants':[],'participants':[]}",
                "{'epoch_id':105,'cached_at':'yesterday','participants':[]}",
                "{'epoch_id':105,'participants':[]} {}",
                "{'epoch_id':105,'participants':[{]}",
                "{'epoch_id':105,'participants':["
            })
    void rejectsInvalidBodyBeforeParticipants(String body) {
        server.respond(CURRENT, body);
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void limitsDepth() {
        server.respond(CURRENT, "{'epoch_id':105,'participants':[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}");
        assertUnusable(() -> api.currentEpoch(client));
    }

    @Test
    void datesCountersByTheirHeight() {
        server.respond(
                CURRENT,
                "{" + HEAD.replace("'height':1634323,'cached", "'height':1634000,'cached") + ",'participants':[]}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.network().height()).isEqualTo(1_634_323);
        assertThat(reading.network().blockTime()).isEqualTo("2025-12-08T13:56:28.426061722Z");
        assertThat(reading.height()).isEqualTo(1_634_000);
        assertThat(reading.observedAt())
                .isEqualTo(Instant.parse("2025-12-08T13:56:28.426061722Z").minusMillis(323 * 6_020));
    }

    @Test
    void capsFutureTimesAtArrival() {
        server.respond(CURRENT, "{" + HEAD.replace("2025-12-08T13", "2025-12-08T15") + ",'participants':[]}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.observedAt()).isEqualTo(NOW);
        assertThat(reading.network().blockTime()).isNull();
    }

    @Test
    void usesArrivalWithoutTimes() {
        server.respond(CURRENT, "{'epoch_id':105,'participants':[]}");
        assertThat(EpochReading.read(api, client).observedAt()).isEqualTo(NOW);
        assertThat(EpochReading.read(api, client).height()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00"})
    void treatsZeroTimeAsUnset(String notSet) {
        server.respond(CURRENT, "{" + HEAD.replace("2025-12-08T13:56:28.426061722Z", notSet) + ",'participants':[]}");
        EpochReading reading = EpochReading.read(api, client);
        assertThat(reading.network().blockTime()).isNull();
        assertThat(reading.observedAt()).isEqualTo("2025-12-08T13:56:38.900851Z");

        server.respond(
                CURRENT,
                "{"
                        + HEAD.replace("2025-12-08T13:56:28.426061722Z", notSet)
                                .replace("2025-12-08T13:56:38.900851", notSet)
                        + ",'participants':[]}");
        assertThat(EpochReading.read(api, client).observedAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "1000000", "999999.9999999", "1e20"})
    void ignoresImplausibleAverage(String average) {
        server.respond(
                CURRENT,
                "{" + HEAD.replace("'avg_block_time':6.02", "'avg_block_time':" + average) + ",'participants':[]}");
        assertThat(EpochReading.read(api, client).network().averageBlockSeconds())
                .isNull();
    }

    @Test
    void detectsBarePrefixOnce() {
        server.remove("/api/v1/hello");
        server.respond("/v1/hello", "{'message':'hello'}")
                .respond("/v1/inference/current", "{" + HEAD + ",'participants':[]}");
        EpochReading.read(api, client);
        EpochReading.read(api, client);
        assertThat(server.requestedTargets())
                .containsExactly("/api/v1/hello", "/v1/hello", "/v1/inference/current", "/v1/inference/current");
    }

    @Test
    void ignoresWebPageDuringDetection() {
        server.respond("/api/v1/hello", "<html></html>").respond("/v1/hello", "{'message':'hello'}");
        server.respond("/v1/inference/current", "{" + HEAD + ",'participants':[]}");
        assertThat(EpochReading.read(api, client).epoch()).isEqualTo(105);
        server.respond("/v1/hello", "<html></html>");
        assertThatThrownBy(() -> new GonkaTrackerType().createApi().currentEpoch(client))
                .isInstanceOfSatisfying(
                        TrackerRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(RequestFailureReason.NOT_JSON));
    }

    @Test
    void detectsPrefixAgainAfterMove() {
        read("");
        server.remove("/api/v1/hello");
        server.remove(CURRENT);
        server.respond("/v1/hello", "{}").respond("/v1/inference/current", "{" + HEAD + ",'participants':[]}");
        assertThatThrownBy(() -> api.currentEpoch(client)).isInstanceOf(TrackerRequestException.class);
        assertThat(EpochReading.read(api, client).epoch()).isEqualTo(105);
    }

    @Test
    void oldEpochHasCountersOnly() {
        read("");
        rewards(90, "{'epoch_id':99,'assigned_reward_gnk':5,'claimed':true}");
        assertThat(api.nodeResult(client, past(90), NodeIdentifier.parse(ONE)))
                .contains(new CountersOnlyResult(LITTLE_WORK));
        rewards(90, "");
        assertThat(api.nodeResult(client, past(90), NodeIdentifier.parse(ONE)))
                .contains(new CountersOnlyResult(LITTLE_WORK));
    }

    @Test
    void epochWithoutRewardsHasNoResult() {
        read("");
        rewards(104, "{'epoch_id':103,'assigned_reward_gnk':5,'claimed':true}");
        assertThat(api.nodeResult(client, past(104), NodeIdentifier.parse(ONE))).isEmpty();
        rewards(104, "");
        assertThat(api.nodeResult(client, past(104), NodeIdentifier.parse(ONE))).isEmpty();
    }

    @Test
    void ignoresAbsurdEpochOfOtherAddress() {
        read("");
        try (StubTrackerServer absurd = new StubTrackerServer()) {
            absurd.respond("/api/v1/hello", "{}").respond(CURRENT, "{'epoch_id':1000000000,'participants':[]}");
            assertUnusable(() -> api.currentEpoch(new DirectTrackerClient(absurd.url(), InstantSource.fixed(NOW))));
        }
        rewards(104, "");
        assertThat(api.nodeResult(client, past(104), NodeIdentifier.parse(ONE))).isEmpty();
    }

    @Test
    void requestsRunningEpochOfNewAddress() {
        server.respond(CURRENT, "{" + HEAD + ",'participants':[]}");
        rewards(90, "");
        assertThat(api.nodeResult(client, past(90), NodeIdentifier.parse(ONE)))
                .contains(new CountersOnlyResult(LITTLE_WORK));
    }

    @ParameterizedTest
    @CsvSource({"48552, 48552000000000", "'\"7\"', 7000000000", "1.5, 1500000000", "null, 0"})
    void readsRewardInGnk(String gnk, long ngonka) {
        rewards(104, "{'epoch_id':'104','assigned_reward_gnk':" + gnk + "}");
        assertThat(api.nodeResult(client, past(104), NodeIdentifier.parse(ONE)))
                .contains(new RewardedResult(LITTLE_WORK, Ngonka.of(ngonka), false, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'epoch_id':104,'assigned_reward_gnk':-1}",
                "{'epoch_id':104,'assigned_reward_gnk':0.0000000001}",
                "{'assigned_reward_gnk':1}",
                "{'epoch_id':104,'assigned_reward_gnk':1},{'epoch_id':104,'assigned_reward_gnk':2}",
                "5"
            })
    void rejectsInvalidReward(String reward) {
        rewards(104, reward);
        assertUnusable(() -> api.nodeResult(client, past(104), NodeIdentifier.parse(ONE)));
    }

    @Test
    void rejectsResponseAboutOtherNode() {
        server.respond("/api/v1/participants/" + TWO + "?epoch_id=104", "{'participant':{'index':'" + ONE + "'}}");
        assertUnusable(() -> api.nodeResult(client, past(104), NodeIdentifier.parse(TWO)));
    }

    @Test
    void addsUpCardsByType() {
        read("");
        server.respond(
                "/api/v1/participants/" + ONE + "?epoch_id=105",
                "{'ml_nodes':[{'hardware':[{'type':'NVIDIA H100 80GB HBM3 | 80GB','count':8},{'type':5},'nonsense']},"
                        + "{'hardware':null},{},{'hardware':[{'type':'NVIDIA GeForce RTX 3090 | 24GB','count':'9'},"
                        + "{'type':'NVIDIA H100 PCIe','count':2},{'type':'NVIDIA B200','count':-4}]}]}");
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).contains(new NodeHardware("H100", 19));
    }

    @Test
    void skipsAbsurdNumberOfCards() {
        read("");
        server.respond(
                "/api/v1/participants/" + ONE + "?epoch_id=105",
                "{'ml_nodes':[{'hardware':[{'type':'NVIDIA H100','count':8},"
                        + "{'type':'NVIDIA B200','count':9223372036854775807}]}]}");
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).contains(new NodeHardware("H100", 8));
    }

    @Test
    void absurdSumOfCardsIsUnknown() {
        read("");
        server.respond(
                "/api/v1/participants/" + ONE + "?epoch_id=105",
                "{'ml_nodes':[{'hardware':[{'type':'NVIDIA H100','count':100000},{'type':'NVIDIA B200','count':1}]}]}");
        assertThat(api.hardware(client, NodeIdentifier.parse(ONE))).isEmpty();
    }

    @Test
    void failsOnHardwareNotFound() {
        read("");
        assertThatThrownBy(() -> api.hardware(client, NodeIdentifier.parse(ONE)))
                .isInstanceOfSatisfying(
                        TrackerRequestException.class,
                        e -> assertThat(e.status()).hasValue(404));
    }

    @Test
    void runningEpochIsUnsettled() {
        read("");
        server.respond(
                "/api/v1/inference/epochs/105",
                "{'epoch_id':105,'height':1634000,'participants':[{'index':'" + ONE + "'}]}");
        assertThat(api.pastEpoch(client, 105).settled()).isEmpty();
        assertThat(server.requestedTargets().stream().filter(CURRENT::equals)).hasSize(2);
    }

    @Test
    void rejectsPastEpochWithoutHeight() {
        read("");
        server.respond("/api/v1/inference/epochs/104", "{'epoch_id':104,'participants':[{'index':'" + ONE + "'}]}");
        assertUnusable(() -> api.pastEpoch(client, 104));
    }

    @Test
    void rejectsResponseAboutOtherEpoch() {
        read("");
        server.respond("/api/v1/inference/epochs/104", "{'epoch_id':103,'participants':[{'index':'" + ONE + "'}]}");
        assertUnusable(() -> api.pastEpoch(client, 104));
    }

    private EpochReading read(String participants) {
        server.respond(CURRENT, "{" + HEAD + ",'participants':[" + participants + "]}");
        return EpochReading.read(api, client);
    }

    private void rewards(long epoch, String rewards) {
        server.respond(
                "/api/v1/participants/" + ONE + "?epoch_id=" + epoch,
                "{'participant':{'index':'" + ONE
                        + "','current_epoch_stats':{'inference_count':'3','earned_coins':'9'}}," + "'rewards':["
                        + rewards + "],'seed':null}");
    }

    private static PastEpoch past(long epoch) {
        return new PastEpoch(epoch, Set.of(NodeIdentifier.parse(ONE)), NOW, null, Optional.empty(), Optional.empty());
    }

    private static void assertUnusable(ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(TrackerRequestException.class, e -> {
            assertThat(e.reason()).isEqualTo(RequestFailureReason.UNUSABLE);
            assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(500);
        });
    }
}
