package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Entry point to the builders of all messages. */
public final class TestMessages {

    private TestMessages() {}

    /** A snapshot of the current epoch. */
    public static LiveSnapshotBuilder live() {
        return new LiveSnapshotBuilder();
    }

    /** A snapshot of a settled epoch. */
    public static SettledSnapshotBuilder settled() {
        return new SettledSnapshotBuilder();
    }

    /** A poll of the current epoch. */
    public static PollBuilder poll() {
        return new PollBuilder();
    }

    /** A command to a poller. */
    public static CommandBuilder command() {
        return new CommandBuilder();
    }

    /** Returns the same valid wallet address for the same number, and different ones for different numbers. */
    public static NodeIdentifier node(int number) {
        return NodeIdentifier.wallet(ByteBuffer.allocate(20).putInt(16, number).array());
    }

    /** Builds a tracker command. The final call selects its type. */
    public static final class CommandBuilder {

        private String id = "command-1";
        private String tracker = "tracker";
        private Instant requestedAt = Instant.parse("2025-12-08T13:56:58Z");

        CommandBuilder() {}

        public CommandBuilder id(String value) {
            id = value;
            return this;
        }

        public CommandBuilder tracker(String value) {
            tracker = value;
            return this;
        }

        public CommandBuilder requestedAt(Instant value) {
            requestedAt = value;
            return this;
        }

        public TrackerCommand pollNow() {
            return new TrackerCommand.PollNow(id, new TrackerName(tracker), requestedAt);
        }

        public TrackerCommand backfill(long fromEpoch, long toEpoch) {
            return new TrackerCommand.BackfillEpochs(id, new TrackerName(tracker), requestedAt, fromEpoch, toEpoch);
        }
    }
}
