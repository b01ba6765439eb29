package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;

/** Builds a tracker command. The final call selects its type. */
public final class CommandBuilder {

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
