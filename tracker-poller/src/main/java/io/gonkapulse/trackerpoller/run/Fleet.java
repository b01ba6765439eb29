package io.gonkapulse.trackerpoller.run;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.TrackerCommand.PollNow;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.trackerpoller.backfill.BackfillOrder;
import io.gonkapulse.trackerpoller.own.FirstMeeting;
import io.gonkapulse.trackerpoller.own.Owner;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trackers that this poller owns at the moment, each being polled. */
public final class Fleet implements Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Function<TrackerName, Tracker> trackers;
    private final Surroundings around;
    private final Map<TrackerName, TrackerRun> runs = new ConcurrentHashMap<>();

    /** @param trackers makes the tracker of a name ready to be asked */
    public Fleet(Function<TrackerName, Tracker> trackers, Surroundings around) {
        this.trackers = trackers;
        this.around = around;
    }

    @Override
    public void take(TrackerName tracker, FirstMeeting meeting) {
        LOG.info("{} polls {} from now on", around.owner(), tracker);
        TrackerRun run = new TrackerRun(trackers.apply(tracker), around, meeting);
        runs.put(tracker, run);
        run.start();
    }

    @Override
    public void give(TrackerName tracker) {
        TrackerRun run = runs.remove(tracker);
        if (run != null) {
            run.stop();
            around.log().forget(tracker);
            LOG.info("{} no longer polls {}", around.owner(), tracker);
        }
    }

    @Override
    public void order(TrackerCommand command, Runnable done) {
        TrackerRun run = runs.get(command.tracker());
        if (run == null) {
            LOG.warn(
                    "Order {} is for tracker {}, which is not configured here: expected one of {}",
                    command.id(),
                    command.tracker(),
                    runs.keySet());
            done.run();
        } else if (command instanceof Backfill backfill) {
            run.backfill(new BackfillOrder(backfill, done));
        } else if (command instanceof PollNow now) {
            pollNow(run, now);
            done.run();
        }
    }

    /** Those that are polled here now. */
    public Collection<Tracker> owned() {
        return runs.values().stream().map(TrackerRun::tracker).toList();
    }

    /** Epochs that are still to be fetched on order. */
    public long epochsToBackfill() {
        return List.copyOf(runs.values()).stream()
                .mapToLong(TrackerRun::epochsToBackfill)
                .sum();
    }

    /** An order that lay there longer than a beat has been overtaken by it. */
    private void pollNow(TrackerRun run, PollNow order) {
        boolean overtaken = order.requestedAt()
                .plus(run.tracker().settings().interval())
                .isBefore(around.clock().instant());
        if (!overtaken) {
            run.pollNow();
        }
    }
}
