package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import java.util.function.LongSupplier;

/** Prints the progress of the initial backfill, also when a restart continues an interrupted one. */
final class BackfillProgressReporter implements PollListener {

    /** Thirty lines would hide the addresses on the console. */
    private static final int EPOCHS_PER_LINE = 10;

    private final QuickstartConsole console;
    private final LongSupplier pendingEpochs;

    /** @param pendingEpochs number of pending epochs, including the one that was just polled */
    BackfillProgressReporter(QuickstartConsole console, LongSupplier pendingEpochs) {
        this.console = console;
        this.pendingEpochs = pendingEpochs;
    }

    @Override
    public void onPoll(Poll poll) {
        long remaining = pendingEpochs.getAsLong() - 1;
        if (poll.purpose() == Purpose.BACKFILL && remaining % EPOCHS_PER_LINE == 0) {
            console.progress("Past epochs", remaining == 0 ? "all fetched" : remaining + " left");
        }
    }

    @Override
    public void onPollsSkipped(TrackerName tracker, long polls) {
        // Meters count skipped polls.
    }
}
