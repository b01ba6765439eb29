package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.NodeIdentifier;
import java.nio.ByteBuffer;

/** Where every builder starts. */
public final class TestMessages {

    private TestMessages() {}

    public static LiveSnapshotBuilder live() {
        return new LiveSnapshotBuilder();
    }

    public static SettledSnapshotBuilder settled() {
        return new SettledSnapshotBuilder();
    }

    public static PollBuilder poll() {
        return new PollBuilder();
    }

    public static CommandBuilder command() {
        return new CommandBuilder();
    }

    /** A valid address for each number, the same every time. */
    public static NodeIdentifier node(int number) {
        return NodeIdentifier.wallet(ByteBuffer.allocate(20).putInt(16, number).array());
    }
}
