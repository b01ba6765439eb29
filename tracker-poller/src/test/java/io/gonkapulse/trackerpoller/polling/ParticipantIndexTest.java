package io.gonkapulse.trackerpoller.polling;

import static io.gonkapulse.testkit.messages.TestMessages.node;
import static io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse.epochResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gonkapulse.trackerpoller.fixtures.FakeEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantIndexTest {

    @Test
    void keepsResponseOrder() {
        FakeEpochResponse response =
                epochResponse().withParticipant(3, 30).withParticipant(1, 10).withParticipant(2, 20);
        ParticipantIndex index = ParticipantIndex.scan(response);

        assertThat(index.participants()).extracting(EpochParticipant::node).containsExactly(node(3), node(1), node(2));
        assertThat(index.nodes()).containsExactlyInAnyOrder(node(1), node(2), node(3));
        assertThat(index.skipped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 2"})
    void rereadsOnlyLargeResponses(int few, int times) {
        FakeEpochResponse response = epochResponse().withParticipant(1, 10).withParticipant(2, 20);
        assertThat(ParticipantIndex.scan(response, few).participants()).hasSize(2);
        assertThat(response.readCount()).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 5, 0})
    void keepsLargestDuplicate(int few) {
        FakeEpochResponse response = epochResponse()
                .withParticipant(1, 7)
                .withParticipant(2, 5)
                .withParticipant(1, 9)
                .withParticipant(2, 4)
                .withParticipant(1, 9)
                .withParticipant(3, 1);
        ParticipantIndex index = ParticipantIndex.scan(response, few);

        assertThat(index.participants())
                .extracting(participant -> participant.counters().inferences())
                .containsExactly(5L, 9L, 1L);
        assertThat(index.nodes()).hasSize(3);
        assertThat(index.skipped()).containsExactly(entry(SkipReason.DUPLICATE, 3L));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1, 0})
    void countsSkippedEntriesOnce(int few) {
        FakeEpochResponse response = epochResponse()
                .withSkipped(SkipReason.MALFORMED)
                .withParticipant(1, 7)
                .withSkipped(SkipReason.BAD_IDENTIFIER)
                .withParticipant(1, 8)
                .withSkipped(SkipReason.MALFORMED);
        ParticipantIndex index = ParticipantIndex.scan(response, few);

        assertThat(index.participants()).hasSize(1);
        assertThat(index.skipped())
                .containsOnly(
                        entry(SkipReason.MALFORMED, 2L),
                        entry(SkipReason.BAD_IDENTIFIER, 1L),
                        entry(SkipReason.DUPLICATE, 1L));
    }
}
