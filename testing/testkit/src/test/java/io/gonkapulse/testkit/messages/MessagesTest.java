package io.gonkapulse.testkit.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.json.Codec;
import io.gonkapulse.contracts.json.CommandCodec;
import io.gonkapulse.contracts.json.PollCodec;
import io.gonkapulse.contracts.json.SnapshotCodec;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void everyDefaultIsAMessageThatCanBeSent() {
        Codec<Snapshot> snapshots = new SnapshotCodec();
        Codec<Poll> polls = new PollCodec();
        Codec<TrackerCommand> commands = new CommandCodec();

        assertThat(sent(snapshots, Messages.live().build())).isTrue();
        assertThat(sent(snapshots, Messages.settled().build())).isTrue();
        assertThat(sent(snapshots, Messages.settled().forfeitedAt(LATER).build()))
                .isTrue();
        assertThat(sent(
                        snapshots,
                        Messages.settled().forfeitedAt(LATER).unclaimed().build()))
                .isTrue();
        assertThat(sent(polls, Messages.poll().build())).isTrue();
        assertThat(sent(polls, Messages.poll().failed("connection refused").build()))
                .isTrue();
        assertThat(sent(commands, Messages.command().pollNow())).isTrue();
        assertThat(sent(commands, Messages.command().backfill(75, 104))).isTrue();
    }

    @Test
    void whatIsSaidReplacesTheDefault() {
        Snapshot snapshot = Messages.live()
                .node(Messages.node(7))
                .epoch(9)
                .at(LATER)
                .earned(12)
                .build();

        assertThat(snapshot.node()).isEqualTo(Messages.node(7));
        assertThat(snapshot.epoch()).isEqualTo(9);
        assertThat(snapshot.origin().fetchedAt())
                .isEqualTo(snapshot.origin().observedAt())
                .isEqualTo(LATER);
        assertThat(snapshot.counters().earned()).hasToString("12");
    }

    @Test
    void everyNumberNamesANodeOfItsOwn() {
        assertThat(IntStream.range(0, 1_000).mapToObj(Messages::node)).doesNotHaveDuplicates();
        assertThat(Messages.node(3)).isEqualTo(Messages.node(3));
    }

    private static <T> boolean sent(Codec<T> codec, T message) {
        return codec.decode(codec.encode(message)).equals(message);
    }
}
