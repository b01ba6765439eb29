package io.gonkapulse.trackerpoller.telling;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.trackerpoller.telling.PollLog.PollWatcher;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.function.Supplier;

/** How many addresses of each tracker are not asked. Trackers come and go with the partitions of this poller. */
public final class CircuitMetrics implements PollWatcher {

    private static final String OPEN = "open";

    private final Supplier<Collection<Tracker>> trackers;
    private final MultiGauge open;

    public CircuitMetrics(Supplier<Collection<Tracker>> trackers, MeterRegistry meters) {
        this.trackers = trackers;
        this.open = MultiGauge.builder(Meter.CIRCUITS_OPEN.id()).register(meters);
    }

    @Override
    public void polled(Poll poll) {
        showAll();
    }

    @Override
    public void missed(TrackerName tracker, long beats) {
        // A beat that is missed opens no circuit.
    }

    @Override
    public void forgotten(TrackerName tracker) {
        showAll();
    }

    /** Each is counted anew whenever somebody looks. */
    private void showAll() {
        open.register(
                trackers.get().stream()
                        .<MultiGauge.Row<?>>map(CircuitMetrics::row)
                        .toList(),
                true);
    }

    private static MultiGauge.Row<Tracker> row(Tracker tracker) {
        return MultiGauge.Row.of(
                Tags.of("tracker", tracker.settings().name().value()), tracker, CircuitMetrics::openCircuits);
    }

    private static double openCircuits(Tracker tracker) {
        return tracker.sites().states().stream()
                .filter(site -> site.circuit().equals(OPEN))
                .count();
    }
}
