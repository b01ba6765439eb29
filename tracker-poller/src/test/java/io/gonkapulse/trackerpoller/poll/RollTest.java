package io.gonkapulse.trackerpoller.poll;

import static io.gonkapulse.testkit.messages.Messages.node;
import static io.gonkapulse.trackerpoller.fixtures.Answers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gonkapulse.trackerpoller.fixtures.Answers;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.Skip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RollTest {

    @Test
    void passesEveryParticipantOnInTheOrderOfTheAnswer() {
        Answers answer = answer().of(3, 30).of(1, 10).of(2, 20);
        Roll roll = Roll.call(answer);

        assertThat(passedOn(roll, answer)).extracting(Participant::node).containsExactly(node(3), node(1), node(2));
        assertThat(roll.nodes()).containsExactlyInAnyOrder(node(1), node(2), node(3));
        assertThat(roll.skipped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 2"})
    void readsASmallAnswerOnceAndALargeOneTwice(int few, int times) {
        Answers answer = answer().of(1, 10).of(2, 20);
        assertThat(passedOn(Roll.call(answer, few), answer)).hasSize(2);
        assertThat(answer.timesRead()).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 5, 0})
    void takesTheLargestOfSeveralEntriesOfOneNodeWhereverItStands(int few) {
        Answers answer = answer().of(1, 7).of(2, 5).of(1, 9).of(2, 4).of(1, 9).of(3, 1);
        Roll roll = Roll.call(answer, few);

        assertThat(passedOn(roll, answer))
                .extracting(participant -> participant.counters().inferences())
                .containsExactly(5L, 9L, 1L);
        assertThat(roll.nodes()).hasSize(3);
        assertThat(roll.skipped()).containsExactly(entry(Skip.DUPLICATE, 3L));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1, 0})
    void countsWhatCannotBeUsedOnceHoweverOftenTheAnswerIsRead(int few) {
        Answers answer = answer().unusable(Skip.MALFORMED)
                .of(1, 7)
                .unusable(Skip.BAD_IDENTIFIER)
                .of(1, 8)
                .unusable(Skip.MALFORMED);
        Roll roll = Roll.call(answer, few);

        assertThat(passedOn(roll, answer)).hasSize(1);
        assertThat(roll.skipped())
                .containsOnly(entry(Skip.MALFORMED, 2L), entry(Skip.BAD_IDENTIFIER, 1L), entry(Skip.DUPLICATE, 1L));
    }

    private static List<Participant> passedOn(Roll roll, Answers answer) {
        List<Participant> participants = new ArrayList<>();
        roll.each(answer, participants::add);
        return participants;
    }
}
