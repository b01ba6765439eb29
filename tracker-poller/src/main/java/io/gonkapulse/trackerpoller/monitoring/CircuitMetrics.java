package io.gonkapulse.trackerpoller.monitoring;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.gonkapulse.trackerpoller.monitoring.PollReporter.PollListener;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.function.Supplier;

/** Counts the open circuits of each tracker. Trackers appear and disappear with the assigned partitions. */
public final class CircuitMetrics implements PollListener {

    private static final String OPEN = "open";

    private final Supplier<Collection<Tracker>> trackers;
    private final MultiGauge open;

    public CircuitMetrics(Supplier<Collection<Tracker>> trackers, MeterRegistry meters) {
        this.trackers = trackers;
        this.open = MultiGauge.builder(PulseMeter.CIRCUITS_OPEN.id()).register(meters);
    }

    @Override
    public void onPoll(Poll poll) {
        refreshAll();
    }

    @Override
    public void onPollsSkipped(TrackerName tracker, long count) {
        // A skipped poll opens no circuit.
    }

    @Override
    public void onRevoked(TrackerName tracker) {
        refreshAll();
    }

    /** The gauges read the states at each scrape; registering again adds and removes trackers. */
    private void refreshAll() {
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
        return tracker.client().addressStates().stream()
                .filter(address -> address.circuit().equals(OPEN))
                .count();
    }
}
