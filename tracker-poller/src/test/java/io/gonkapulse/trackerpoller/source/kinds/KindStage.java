package io.gonkapulse.trackerpoller.source.kinds;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.TrackerKind;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small network in the middle of an epoch, and one of its faces with a source that listens to it. */
final class KindStage implements AutoCloseable {

    final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-10T12:00:00Z"));
    final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().seed(3).participants(200), clock);
    final Calendar calendar = network.calendar();
    final Face face;
    final PlainSite site;
    final Source source;
    private final boolean tracker;

    private KindStage(boolean tracker) {
        TrackerKind kind = tracker ? new GonkaTracker() : new GonkaNode();
        this.tracker = tracker;
        face = tracker ? network.openTracker() : network.openNode();
        site = new PlainSite(face.url(), clock);
        source = kind.source();
    }

    static KindStage tracker() {
        return new KindStage(true);
    }

    static KindStage node() {
        return new KindStage(false);
    }

    boolean isTracker() {
        return tracker;
    }

    /** The running epoch, told with quirks. */
    Heard hear(Quirk... quirks) {
        face.show(quirks);
        try {
            return Heard.from(source, site);
        } finally {
            face.hideAll();
        }
    }

    long height() {
        return calendar.heightAt(clock.instant());
    }

    /** A little past a block, so that the tracker has looked since. */
    void moveTo(long height) {
        clock.moveTo(calendar.blockTime(height).plus(Duration.ofSeconds(25)));
    }

    List<NodeIdentifier> members(long epoch) {
        return network.nodes(epoch).toList();
    }

    Counters truth(NodeIdentifier node, long epoch, long height) {
        return counters(network.truth().live(node, epoch, height));
    }

    static Counters counters(io.gonkapulse.testkit.network.model.Counters work) {
        return new Counters(
                Ngonka.of(work.earned()), work.inferences(), work.missed(), work.validated(), work.invalidated());
    }

    @Override
    public void close() {
        face.close();
        if (site.open() != 0) {
            throw new AssertionError("Expected all answers to be closed, but " + site.open() + " are open");
        }
    }
}
