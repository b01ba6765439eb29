package io.gonkapulse.chaos;

import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.CalendarPlan;
import io.gonkapulse.testkit.network.plan.EpochParameters;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.time.AcceleratedClock;
import java.time.InstantSource;

/** The simulated network: a tracker and a chain node of one truth, each with a clock of its own. */
final class World implements AutoCloseable {

    static final int NODES = 60;

    /** Epochs of three hours, so that several end in a run. */
    private static final EpochParameters SHORT_EPOCHS = new EpochParameters(1_800, 20, 2, 2, 30, 30, 20);

    private static final NetworkPlan PLAN = NetworkPlan.defaults()
            .seed(8)
            .participants(NODES)
            .calendar(CalendarPlan.mainnet().epochs(SHORT_EPOCHS))
            .keptBlocks(1_000_000);

    private final ChainClock trackerClock;
    private final SimulatedNetwork network;
    private final Face tracker;
    private final Face chain;

    /** @param speed of the chain's time */
    World(InstantSource clock, int speed) {
        AcceleratedClock pace = AcceleratedClock.from(clock.instant().minus(ChainClock.BACK), speed, clock);
        trackerClock = new ChainClock(pace, clock);
        network = SimulatedNetwork.of(PLAN, new ChainClock(pace, clock));
        tracker = SimulatedNetwork.of(PLAN, trackerClock).openTracker();
        chain = network.openNode();
    }

    SimulatedNetwork network() {
        return network;
    }

    ChainClock trackerClock() {
        return trackerClock;
    }

    Face tracker() {
        return tracker;
    }

    Face chain() {
        return chain;
    }

    @Override
    public void close() {
        tracker.close();
        chain.close();
    }
}
