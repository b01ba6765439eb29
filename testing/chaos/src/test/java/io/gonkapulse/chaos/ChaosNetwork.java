package io.gonkapulse.chaos;

import io.gonkapulse.networksimulator.AcceleratedClock;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.CalendarPlan;
import io.gonkapulse.networksimulator.model.EpochParameters;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.time.InstantSource;

/** The simulated network: a tracker and a chain node with the same truth, each with its own clock. */
final class ChaosNetwork implements AutoCloseable {

    static final int NODES = 60;

    /** Epochs of three hours, so that several end in a run. */
    private static final EpochParameters SHORT_EPOCHS = new EpochParameters(1_800, 20, 2, 2, 30, 30, 20);

    private static final NetworkPlan PLAN = NetworkPlan.defaults()
            .seed(8)
            .participants(NODES)
            .calendar(CalendarPlan.mainnet().epochs(SHORT_EPOCHS))
            .retainedBlocks(1_000_000);

    private final ChainClock trackerClock;
    private final SimulatedNetwork network;
    private final SimulatedEndpoint tracker;
    private final SimulatedEndpoint chain;

    /** @param speed acceleration of the chain's time */
    ChaosNetwork(InstantSource clock, int speed) {
        AcceleratedClock pace = AcceleratedClock.from(clock.instant().minus(ChainClock.START_OFFSET), speed, clock);
        trackerClock = new ChainClock(pace, clock);
        network = SimulatedNetwork.of(PLAN, new ChainClock(pace, clock));
        tracker = SimulatedNetwork.of(PLAN, trackerClock).openTracker();
        chain = network.openNode();
    }

    SimulatedNetwork simulation() {
        return network;
    }

    ChainClock trackerClock() {
        return trackerClock;
    }

    SimulatedEndpoint tracker() {
        return tracker;
    }

    SimulatedEndpoint chain() {
        return chain;
    }

    @Override
    public void close() {
        tracker.close();
        chain.close();
    }
}
