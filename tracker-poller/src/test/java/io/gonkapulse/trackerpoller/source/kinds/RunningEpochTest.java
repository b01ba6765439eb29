package io.gonkapulse.trackerpoller.source.kinds;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.trackerpoller.source.Participant;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The running epoch, as both kinds tell it of the same network at the same moment. */
class RunningEpochTest {

    @Test
    void bothKindsTellTheTruth() {
        try (KindStage tracker = KindStage.tracker();
                KindStage node = KindStage.node()) {
            Expected.truth(tracker, tracker.hear());
            Expected.truth(node, node.hear());
        }
    }

    @Test
    void bothKindsAgreeOnWhatBothKnow() {
        try (KindStage tracker = KindStage.tracker();
                KindStage node = KindStage.node()) {
            Map<?, Participant> exact = node.hear().byNode();
            assertThat(tracker.hear().participants()).isNotEmpty().allSatisfy(told -> {
                NodeFacts facts = told.facts();
                assertThat(requireNonNull(exact.get(told.node())).facts())
                        .isEqualTo(new NodeFacts(
                                facts.participantStatus(),
                                facts.weight(),
                                facts.model(),
                                null,
                                null,
                                null,
                                null,
                                null));
                assertThat(facts.weight()).isPositive();
            });
        }
    }

    @Test
    void aTrackerTellsOfTheNetwork() {
        try (KindStage tracker = KindStage.tracker()) {
            Heard heard = tracker.hear();
            long height = requireNonNull(heard.height());
            assertThat(heard.network())
                    .isEqualTo(new NetworkFacts(
                            heard.epoch(),
                            height,
                            tracker.calendar.blockTime(height),
                            null,
                            null,
                            new BigDecimal("6.02"),
                            tracker.calendar.pocStart(heard.epoch() + 1)));
            assertThat(heard.observedAt()).isEqualTo(tracker.calendar.blockTime(height));
            assertThat(heard.fetchedAt()).isEqualTo(tracker.clock.instant());
        }
    }

    @Test
    void aChainNodeTellsOfTheNetwork() {
        try (KindStage node = KindStage.node()) {
            Heard heard = node.hear();
            assertThat(heard.network())
                    .isEqualTo(new NetworkFacts(
                            heard.epoch(),
                            node.height(),
                            node.calendar.blockTime(node.height()),
                            "Inference",
                            false,
                            null,
                            node.calendar.pocStart(heard.epoch() + 1)));
            assertThat(heard.observedAt()).isEqualTo(node.calendar.blockTime(node.height()));
        }
    }

    @Test
    void namesThatNobodyGaveAreNotShown() {
        try (KindStage tracker = KindStage.tracker()) {
            assertThat(tracker.hear().participants())
                    .extracting(participant -> participant.facts().displayName())
                    .anyMatch(name -> name != null && name.startsWith("Pulse node № "))
                    .anyMatch(name -> name == null)
                    .noneMatch(name -> name != null && name.startsWith("gonkavaloper"));
        }
    }
}
