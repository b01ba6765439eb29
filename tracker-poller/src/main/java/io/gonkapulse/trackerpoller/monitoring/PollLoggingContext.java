package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.contracts.Poll;
import org.slf4j.MDC;

/** The fields of every log line of this thread until {@link #clear}. */
public final class PollLoggingContext {

    private static final String TRACKER = "tracker";
    private static final String POLL = "pollId";

    private PollLoggingContext() {}

    public static void set(PollContext poll) {
        set(poll.tracker().value(), poll.pollId());
    }

    static void set(Poll poll) {
        set(poll.tracker().value(), poll.pollId());
    }

    private static void set(String tracker, String pollId) {
        MDC.put(TRACKER, tracker);
        MDC.put(POLL, pollId);
    }

    public static void clear() {
        MDC.remove(TRACKER);
        MDC.remove(POLL);
    }
}
