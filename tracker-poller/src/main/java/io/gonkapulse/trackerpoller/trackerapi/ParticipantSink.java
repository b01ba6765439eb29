package io.gonkapulse.trackerpoller.trackerapi;

/** Takes participants one by one, so that nobody has to hold all of them. */
public interface ParticipantSink {

    void participant(EpochParticipant participant);

    /** An entry that cannot be used, and costs only itself. */
    void skipped(SkipReason reason);
}
