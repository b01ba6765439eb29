package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.NodeIdentifier;
import java.nio.ByteBuffer;

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

    /** Returns the same valid wallet address for the same number. */
    public static NodeIdentifier node(int number) {
        return NodeIdentifier.wallet(ByteBuffer.allocate(20).putInt(16, number).array());
    }
}
