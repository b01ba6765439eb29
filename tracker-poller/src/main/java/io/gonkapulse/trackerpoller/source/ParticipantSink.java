package io.gonkapulse.trackerpoller.source;

/** Takes participants one by one, so that nobody has to hold all of them. */
public interface ParticipantSink {

    void participant(Participant participant);

    /** An entry that cannot be used, and costs only itself. */
    void skipped(Skip reason);
}
