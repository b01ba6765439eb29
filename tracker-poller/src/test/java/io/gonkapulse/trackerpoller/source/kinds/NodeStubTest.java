package io.gonkapulse.trackerpoller.source.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.NodeResult.Rewarded;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
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

/** A chain node whose answers are written by hand: epoch 7 runs, made by block 1000 and begun at block 1120. */
class NodeStubTest {

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

    private final StubServer server = new StubServer();
    private final PlainSite site = new PlainSite(server.url(), InstantSource.fixed(NOW));
    private final Source source = new GonkaNode().source();

    NodeStubTest() {
        status(2000);
        latest(7, 1000, 1120);
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':5,'models':['m']},{'index':'" + TWO + "'}");
        server.says(
                LIST,
                "{'participant':[{'index':'" + ONE + "','weight':-1,'status':'ACTIVE','current_epoch_stats':"
                        + "{'inference_count':'4','earned_coins':'17'}},{'index':'" + TWO + "'},{'index':'" + THREE
                        + "'}],'pagination':{'next_key':null,'total':'0'}}");
    }

    @AfterEach
    void close() {
        server.close();
        assertThat(site.open()).isZero();
    }

    @Test
    void joinsTheActiveSetWithTheListAtOneHeight() {
        Heard heard = Heard.from(source, site);
        assertThat(heard.participants())
                .containsExactly(
                        new Participant(
                                NodeIdentifier.parse(ONE),
                                new Counters(Ngonka.of(17), 4, 0, 0, 0),
                                NodeStatus.UNKNOWN,
                                new NodeFacts("ACTIVE", 5L, "m", null, null, null, null, null)),
                        new Participant(
                                NodeIdentifier.parse(TWO),
                                Counters.ZERO,
                                NodeStatus.UNKNOWN,
                                new NodeFacts(null, 0L, null, null, null, null, null, null)));
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of(Skip.NOT_ACTIVE, 1)));
        assertThat(heard.network())
                .isEqualTo(new NetworkFacts(
                        7L, 2000L, Instant.parse("2026-01-01T10:00:00.123456789Z"), "Inference", true, null, 3000L));
        assertThat(server.heights()).containsExactly("2000");
    }

    @Test
    void theListIsReadPageByPage() {
        server.says(LIST, "{'participant':[{'index':'" + ONE + "'}],'pagination':{'next_key':'MTA+/w=='}}");
        server.says(
                LIST + "&pagination.key=MTA%2B%2Fw%3D%3D",
                "{'participant':[{'index':'" + TWO + "'}],'pagination':{'next_key':''}}");
        assertThat(Heard.from(source, site).participants()).hasSize(2);
        assertThat(server.heights()).containsExactly("2000", "2000");
    }

    @Test
    void pagesThatGoRoundInACircleAreRefused() {
        server.says(LIST, "{'participant':[],'pagination':{'next_key':'again'}}");
        server.says(LIST + "&pagination.key=again", "{'participant':[],'pagination':{'next_key':'again'}}");
        assertUnusable(() -> source.current(site));
        assertThat(server.heights()).hasSize(2);
    }

    @Test
    void pagesWithoutEndAreRefusedOnceTheyAreTooLongTogether() {
        String next = LIST;
        for (int i = 0; i < 100; i++) {
            server.says(next, "{'participant':[{'index':'" + ONE + "'}],'pagination':{'next_key':'" + i + "'}}");
            next = LIST + "&pagination.key=" + i;
        }
        PlainSite bounded = new PlainSite(server.url(), InstantSource.fixed(NOW), 1_000);
        assertThatThrownBy(() -> source.current(bounded)).isInstanceOfSatisfying(SiteException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.TOO_LONG);
            assertThat(e).hasMessageContaining("1000 bytes");
        });
        assertThat(server.heights()).hasSizeBetween(5, 15);
        assertThat(bounded.open()).isZero();
    }

    /** Later than the latest, and later than the block. */
    @ParameterizedTest
    @CsvSource({"8, 7", "2001, 2001"})
    void anEpochThatTheChainCannotHaveReachedIsRefused(long active, long latest) {
        latest(latest, 1000, 1120);
        set("current", active, 1000, "{'index':'" + ONE + "'}");
        assertUnusable(() -> source.current(site));
    }

    @Test
    void withoutTheStagesOnlyTheirFactsAreMissing() {
        Heard plain = Heard.from(source, site);
        server.forgets(LATEST);
        Heard heard = Heard.from(source, site);
        assertThat(heard.participants()).isEqualTo(plain.participants());
        assertThat(heard.skipped()).isEqualTo(plain.skipped());
        assertThat(heard.network().phase()).isNull();
        assertThat(heard.network().nextEpochHeight()).isNull();
        assertThat(heard.network().height()).isEqualTo(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {STATUS, CURRENT_SET, LIST})
    void withoutAnyOtherAnswerThereIsNothing(String essential) {
        server.forgets(essential);
        assertThatThrownBy(() -> source.current(site))
                .isInstanceOfSatisfying(
                        SiteException.class, e -> assertThat(e.status()).hasValue(404));
        server.says(essential, "{'error':{'code':-32603}}");
        assertUnusable(() -> source.current(site));
    }

    @Test
    void aSetThatIsNewerThanTheHeightIsRefused() {
        status(999);
        assertUnusable(() -> source.current(site));
        status(1000);
        assertThat(Heard.from(source, site).epoch()).isEqualTo(7);
    }

    @Test
    void aSetWhoseEpochIsOverAtTheHeightIsRefused() {
        latest(8, 1900, 2001);
        assertThat(Heard.from(source, site).network().nextEpochHeight()).isNull();
        latest(8, 1900, 2000);
        assertUnusable(() -> source.current(site));
    }

    @Test
    void ofSeveralEntriesInTheSetTheFirstCounts() {
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':5},{'index':'" + ONE + "','weight':6}");
        assertThat(Heard.from(source, site).participants())
                .extracting(participant -> participant.facts().weight())
                .containsExactly(5L);
    }

    @Test
    void aMemberThatTheSetTellsBadlyIsMalformed() {
        set("current", 7, 1000, "{'index':'" + ONE + "','weight':'heavy'},{'index':'" + TWO + "'},5,{'weight':7}");
        Heard heard = Heard.from(source, site);
        assertThat(heard.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of(Skip.MALFORMED, 1, Skip.NOT_ACTIVE, 1)));
    }

    @Test
    void anEntryOfTheListThatCannotBeReadCostsOnlyItself() {
        server.says(
                LIST,
                "{'participant':[5,{'index':'nobody'},{'index':'" + ONE + "'," + ZEROES + "," + ZEROES + "},{'index':'"
                        + TWO + "'}],'pagination':{}}");
        Heard heard = Heard.from(source, site);
        assertThat(heard.byNode().keySet()).containsExactly(NodeIdentifier.parse(TWO));
        assertThat(heard.skipped()).isEqualTo(Heard.skips(Map.of(Skip.MALFORMED, 2, Skip.BAD_IDENTIFIER, 1)));
    }

    @Test
    void anEpochIsSettledByTheBlockThatMadeTheNextSet() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        set("7", 7, 1000, "{'index':'" + TWO + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        PastEpoch past = source.past(site, 6);
        assertThat(past)
                .isEqualTo(new PastEpoch(
                        6,
                        Set.of(NodeIdentifier.parse(ONE)),
                        Instant.parse("2026-01-01T10:00:00.123456789Z"),
                        2000L,
                        Optional.of(new Block(1000L, Instant.parse("2026-01-01T08:00:00Z"))),
                        Optional.empty()));
    }

    @Test
    void whereTheNextSetIsNotToBeHadTheStagesTellTheBlock() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        assertThat(source.past(site, 6).settled()).contains(new Block(1000L, Instant.parse("2026-01-01T08:00:00Z")));
        latest(7, 2001, 2121);
        assertThat(new GonkaNode().source().past(site, 6).settled()).isEmpty();
    }

    @Test
    void whereTheStagesAreNotToBeHadEitherItIsNotSettled() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        server.forgets(LATEST);
        assertThat(source.past(site, 6).settled()).isEmpty();
    }

    @Test
    void aForgottenBlockIsTimedByOneCloseToIt() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1002, "2026-01-01T08:00:12Z");
        assertThat(source.past(site, 6).settled()).contains(new Block(1000L, Instant.parse("2026-01-01T08:00:12Z")));
    }

    @Test
    void aForgottenBlockWithNoneCloseToItIsNotTimed() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1003, "2026-01-01T08:00:18Z");
        assertUnusable(() -> source.past(site, 6));
        set("7", 7, 1000, "");
        assertUnusable(() -> source.past(site, 6));
    }

    @Test
    void aBlockThatTheNodeDoesNotKeepIsNotAskedFor() {
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        proof("7", 7, 1000, 1001, "2026-01-01T08:00:06Z");
        server.says(
                STATUS,
                "{'result':{'sync_info':{'latest_block_height':2000,'latest_block_time':'2026-01-01T10:00:00Z',"
                        + "'earliest_block_height':'1001'}}}");
        assertThat(source.past(site, 6).settled()).contains(new Block(1000L, Instant.parse("2026-01-01T08:00:06Z")));
        assertThat(server.asked()).noneMatch(path -> path.startsWith("/chain-rpc/block"));
    }

    @Test
    void aProofThatCannotBeReadCostsTheSetNothing() {
        String set = "{'active_participants':{'participants':[{'index':'" + ONE + "'}],'epoch_id':7,"
                + "'created_at_block_height':1000},'proof_ops':'cut','block':'cut'}";
        server.says(CURRENT_SET, set).says("/v1/epochs/7/participants", set);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        assertThat(Heard.from(source, site).participants()).hasSize(1);
        assertThat(source.past(site, 6).settled()).contains(new Block(1000L, Instant.parse("2026-01-01T08:00:00Z")));
    }

    @Test
    void anEpochWhoseNextSetIsForgottenIsNotTimed() {
        latest(12, 1900, 2020);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        assertUnusable(() -> source.past(site, 6));
    }

    @Test
    void rewardsAreForfeitedTwoSettlementsLater() {
        latest(9, 1900, 2020);
        set("6", 6, 500, "{'index':'" + ONE + "'}");
        set("7", 7, 1000, "{'index':'" + ONE + "'}");
        set("9", 9, 1900, "{'index':'" + ONE + "'}");
        block(1000, "2026-01-01T08:00:00Z");
        block(1900, "2026-01-01T09:50:00Z");
        assertThat(source.past(site, 6).forfeited()).contains(new Block(1900L, Instant.parse("2026-01-01T09:50:00Z")));
    }

    @Test
    void aSetOfAnotherEpochIsRefused() {
        set("6", 7, 1000, "{'index':'" + ONE + "'}");
        assertUnusable(() -> source.past(site, 6));
    }

    @Test
    void aSummaryIsReadToTheLastField() {
        summary("'epoch_index':'6','participant_id':'" + ONE + "','inference_count':'1106','missed_requests':'1',"
                + "'earned_coins':'3','rewarded_coins':'38627452617213','burned_coins':'0',"
                + "'validated_inferences':'1072','invalidated_inferences':'8','claimed':true");
        assertThat(source.result(site, past(2000L), NodeIdentifier.parse(ONE)))
                .contains(new Rewarded(
                        new Counters(Ngonka.of(3), 1106, 1, 1072, 8), Ngonka.of(38_627_452_617_213L), true, false));
        assertThat(server.heights()).containsExactly("2000");
    }

    @Test
    void withoutAPinnedHeightTheNewestIsAsked() {
        summary("'epoch_index':'6','participant_id':'" + ONE + "'");
        assertThat(source.result(site, past(null), NodeIdentifier.parse(ONE)))
                .contains(new Rewarded(Counters.ZERO, Ngonka.ZERO, false, false));
        assertThat(server.heights()).isEmpty();
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
    void aSummaryOfSomethingElseIsRefused(String fields) {
        summary(fields);
        assertUnusable(() -> source.result(site, past(2000L), NodeIdentifier.parse(ONE)));
    }

    @Test
    void whatIsNotFoundHasNoResultAndNoHardware() {
        assertThat(source.result(site, past(2000L), NodeIdentifier.parse(ONE))).isEmpty();
        assertThat(source.hardware(site, NodeIdentifier.parse(ONE))).isEmpty();
    }

    @Test
    void anEmptyListOfHardwareIsNone() {
        server.says(STATE + "hardware_nodes/" + ONE, "{'nodes':{'participant':'" + ONE + "','hardware_nodes':[]}}");
        assertThat(source.hardware(site, NodeIdentifier.parse(ONE))).isEmpty();
        server.says(STATE + "hardware_nodes/" + ONE, "{'nodes':null}");
        assertThat(source.hardware(site, NodeIdentifier.parse(ONE))).isEmpty();
    }

    private void status(long height) {
        server.says(
                STATUS,
                "{'result':{'sync_info':{'latest_block_height':'" + height
                        + "','latest_block_time':'2026-01-01T10:00:00.123456789Z','catching_up':true}}}");
    }

    private void latest(long epoch, long validationEnd, long setNewValidators) {
        server.says(
                LATEST,
                "{'latest_epoch':{'index':" + epoch + "},'phase':'Inference','epoch_stages':{'poc_validation_end':"
                        + validationEnd + ",'set_new_validators':" + setNewValidators + ",'next_poc_start':3000}}");
    }

    private void set(String which, long epoch, long createdAt, String participants) {
        server.says(
                "/v1/epochs/" + which + "/participants",
                "{'active_participants':{'participants':[" + participants + "],'epoch_id':" + epoch
                        + ",'created_at_block_height':" + createdAt + "}}");
    }

    private void proof(String which, long epoch, long createdAt, long height, String time) {
        server.says(
                "/v1/epochs/" + which + "/participants",
                "{'active_participants':{'epoch_group_id':'" + epoch + "','created_at_block_height':" + createdAt
                        + "},'block':{'header':{'height':'" + height + "','time':'" + time + "'}}}");
    }

    private void block(long height, String time) {
        server.says("/chain-rpc/block?height=" + height, "{'result':{'block':{'header':{'time':'" + time + "'}}}}");
    }

    private void summary(String fields) {
        server.says(STATE + "epoch_performance_summary/6/" + ONE, "{'epochPerformanceSummary':{" + fields + "}}");
    }

    private static PastEpoch past(@Nullable Long height) {
        return new PastEpoch(6, Set.of(NodeIdentifier.parse(ONE)), NOW, height, Optional.empty(), Optional.empty());
    }

    private static void assertUnusable(ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        SiteException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNUSABLE));
    }
}
