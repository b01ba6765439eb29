package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Prints when a tracker begins to respond or to fail, and the progress of the initial backfill, also when a restart
 * continues an interrupted one. Thread-safe.
 */
final class PollProgressReporter implements PollListener {

    /** Thirty lines would hide the addresses on the console. */
    private static final int EPOCHS_PER_LINE = 5;

    private final QuickstartConsole console;
    private final LongSupplier pendingEpochs;
    private final Map<TrackerName, Boolean> failing = new ConcurrentHashMap<>();

    /** @param pendingEpochs number of pending epochs, including the one that was just polled */
    PollProgressReporter(QuickstartConsole console, LongSupplier pendingEpochs) {
        this.console = console;
        this.pendingEpochs = pendingEpochs;
    }

    @Override
    public void onPoll(Poll poll) {
        if (poll.purpose() == Purpose.CURRENT) {
            reportChange(poll);
        } else if (poll.purpose() == Purpose.BACKFILL) {
            reportBackfill();
        }
    }

    @Override
    public void onPollsSkipped(TrackerName tracker, long polls) {
        // Meters count skipped polls.
    }

    private void reportChange(Poll poll) {
        boolean failed = poll.outcome() == Outcome.FAILED;
        Boolean before = failing.put(poll.tracker(), failed);
        if (before == null || before != failed) {
            console.progress(
                    "Polls of " + poll.tracker(),
                    failed ? "fail, next attempt within a minute: " + poll.error() : "succeed, epoch " + epoch(poll));
        }
    }

    private static String epoch(Poll poll) {
        return String.valueOf(poll.network().epoch());
    }

    private void reportBackfill() {
        long remaining = pendingEpochs.getAsLong() - 1;
        if (remaining % EPOCHS_PER_LINE == 0) {
            console.progress("Past epochs", remaining == 0 ? "all fetched" : remaining + " left");
        }
    }
}
