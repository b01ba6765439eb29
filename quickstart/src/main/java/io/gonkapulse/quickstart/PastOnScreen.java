package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.telling.PollLog.PollWatcher;
import java.util.function.LongSupplier;

/** Shows how the past of the network is fetched, also when a start goes on where the one before was killed. */
final class PastOnScreen implements PollWatcher {

    private static final int A_LINE_EACH = 10;

    private final Screen screen;
    private final LongSupplier toFetch;

    /** @param toFetch how many epochs are not done with, the one that was just polled among them */
    PastOnScreen(Screen screen, LongSupplier toFetch) {
        this.screen = screen;
        this.toFetch = toFetch;
    }

    @Override
    public void polled(Poll poll) {
        long toGo = toFetch.getAsLong() - 1;
        if (poll.purpose() == Purpose.BACKFILL && toGo % A_LINE_EACH == 0) {
            screen.progress("Past epochs", toGo == 0 ? "all fetched" : toGo + " to go");
        }
    }

    @Override
    public void missed(TrackerName tracker, long beats) {
        // A beat that is missed is for the meters.
    }
}
