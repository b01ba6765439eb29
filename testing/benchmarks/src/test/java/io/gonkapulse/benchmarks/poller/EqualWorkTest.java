package io.gonkapulse.benchmarks.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.testkit.network.SimulatedNetwork;
import io.gonkapulse.testkit.network.face.Face;
import io.gonkapulse.testkit.network.http.LoopbackServer;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A benchmark that compares unequal work would say nothing. */
class EqualWorkTest {

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(40), PolledKind.CLOCK);

    @ParameterizedTest
    @EnumSource(PolledKind.class)
    void aPollPublishesAsManyAsItsPartsGoThrough(PolledKind kind) {
        try (Face face = face(kind);
                LoopbackServer recording = LoopbackServer.start(0, new Recording(face.url()))) {
            Tracker tracker = kind.at("http://127.0.0.1:" + recording.port());
            Poll poll = poll(tracker);
            Parts parts = Parts.of(tracker);

            assertThat(poll.outcome()).isEqualTo(Poll.Outcome.OK);
            assertThat(poll.counts().published()).isPositive();
            assertThat(parts.read()).isEqualTo(poll.counts().published());
            assertThat(parts.fetch()).isEqualTo(poll.counts().published());
        }
    }

    @ParameterizedTest
    @EnumSource(PolledKind.class)
    void theSiteThatIsRecordedIsAskedEverythingOnce(PolledKind kind) {
        try (Face face = face(kind);
                LoopbackServer recording = LoopbackServer.start(0, new Recording(face.url()))) {
            Tracker tracker = kind.at("http://127.0.0.1:" + recording.port());
            long first = poll(tracker).counts().published();
            long asked = face.requests();

            assertThat(poll(tracker).counts().published()).isEqualTo(first);
            assertThat(face.requests()).isEqualTo(asked);
        }
    }

    private Face face(PolledKind kind) {
        return kind == PolledKind.TRACKER ? network.openTracker() : network.openNode();
    }

    private static Poll poll(Tracker tracker) {
        return new CurrentPoll(tracker, new EncodedRecords(), "test", PolledKind.CLOCK)
                .run()
                .poll();
    }
}
