package io.gonkapulse.testkit.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.MessageCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestMessagesTest {

    private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void defaultsSurviveEncodingAndDecoding() {
        MessageCodec<Snapshot> snapshots = new SnapshotCodec();
        MessageCodec<Poll> polls = new PollCodec();
        MessageCodec<TrackerCommand> commands = new CommandCodec();

        assertThat(survivesRoundTrip(snapshots, TestMessages.live().build())).isTrue();
        assertThat(survivesRoundTrip(snapshots, TestMessages.settled().build())).isTrue();
        assertThat(survivesRoundTrip(
                        snapshots, TestMessages.settled().forfeitedAt(LATER).build()))
                .isTrue();
        assertThat(survivesRoundTrip(
                        snapshots,
                        TestMessages.settled().forfeitedAt(LATER).unclaimed().build()))
                .isTrue();
        assertThat(survivesRoundTrip(polls, TestMessages.poll().build())).isTrue();
        assertThat(survivesRoundTrip(
                        polls, TestMessages.poll().failed("connection refused").build()))
                .isTrue();
        assertThat(survivesRoundTrip(commands, TestMessages.command().pollNow()))
                .isTrue();
        assertThat(survivesRoundTrip(commands, TestMessages.command().backfill(75, 104)))
                .isTrue();
    }

    @Test
    void explicitValuesReplaceDefaults() {
        Snapshot snapshot = TestMessages.live()
                .node(TestMessages.node(7))
                .epoch(9)
                .at(LATER)
                .earned(12)
                .build();

        assertThat(snapshot.node()).isEqualTo(TestMessages.node(7));
        assertThat(snapshot.epoch()).isEqualTo(9);
        assertThat(snapshot.origin().fetchedAt())
                .isEqualTo(snapshot.origin().observedAt())
                .isEqualTo(LATER);
        assertThat(snapshot.counters().earned()).hasToString("12");
    }

    @Test
    void numbersGiveDistinctNodes() {
        assertThat(IntStream.range(0, 1_000).mapToObj(TestMessages::node)).doesNotHaveDuplicates();
        assertThat(TestMessages.node(3)).isEqualTo(TestMessages.node(3));
    }

    private static <T> boolean survivesRoundTrip(MessageCodec<T> codec, T message) {
        return codec.decode(codec.encode(message)).equals(message);
    }
}
