package io.gonkapulse.quickstart;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import java.util.function.LongSupplier;

/** Shows how the past of the network is fetched, also when a start goes on where the one before was killed. */
final class BackfillProgressReporter implements PollListener {

    private static final int EPOCHS_PER_LINE = 10;

    private final QuickstartConsole console;
    private final LongSupplier pendingEpochs;

    /** @param pendingEpochs how many epochs are not done with, the one that was just polled among them */
    BackfillProgressReporter(QuickstartConsole console, LongSupplier pendingEpochs) {
        this.console = console;
        this.pendingEpochs = pendingEpochs;
    }

    @Override
    public void onPoll(Poll poll) {
        long remaining = pendingEpochs.getAsLong() - 1;
        if (poll.purpose() == Purpose.BACKFILL && remaining % EPOCHS_PER_LINE == 0) {
            console.progress("Past epochs", remaining == 0 ? "all fetched" : remaining + " to go");
        }
    }

    @Override
    public void onPollsSkipped(TrackerName tracker, long beats) {
        // A beat that is missed is for the meters.
    }
}
