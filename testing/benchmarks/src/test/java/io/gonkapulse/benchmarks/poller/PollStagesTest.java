package io.gonkapulse.benchmarks.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.benchmarks.poller.SimulatedTrackersMain.RecordingResponder;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.networksimulator.SimulatedEndpoint;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The compared stages must do equal work. */
class PollStagesTest {

    private final SimulatedNetwork network =
            SimulatedNetwork.of(NetworkPlan.defaults().participants(40), PolledTrackerType.FIXED_CLOCK);

    @ParameterizedTest
    @EnumSource(PolledTrackerType.class)
    void stagesProcessAsManyAsPoll(PolledTrackerType kind) {
        try (SimulatedEndpoint endpoint = openEndpoint(kind);
                LoopbackHttpServer recording = LoopbackHttpServer.start(0, new RecordingResponder(endpoint.url()))) {
            Tracker tracker = kind.trackerAt("http://127.0.0.1:" + recording.port());
            Poll poll = poll(tracker);
            PollStages stages = PollStages.of(tracker);

            assertThat(poll.outcome()).isEqualTo(Poll.Outcome.OK);
            assertThat(poll.counts().published()).isPositive();
            assertThat(stages.read()).isEqualTo(poll.counts().published());
            assertThat(stages.fetch()).isEqualTo(poll.counts().published());
        }
    }

    @ParameterizedTest
    @EnumSource(PolledTrackerType.class)
    void recordsEachResponseOnce(PolledTrackerType kind) {
        try (SimulatedEndpoint endpoint = openEndpoint(kind);
                LoopbackHttpServer recording = LoopbackHttpServer.start(0, new RecordingResponder(endpoint.url()))) {
            Tracker tracker = kind.trackerAt("http://127.0.0.1:" + recording.port());
            long first = poll(tracker).counts().published();
            long requests = endpoint.requestCount();

            assertThat(poll(tracker).counts().published()).isEqualTo(first);
            assertThat(endpoint.requestCount()).isEqualTo(requests);
        }
    }

    private SimulatedEndpoint openEndpoint(PolledTrackerType kind) {
        return kind == PolledTrackerType.TRACKER ? network.openTracker() : network.openNode();
    }

    private static Poll poll(Tracker tracker) {
        return new EpochPoller(tracker, new EncodedRecordBuffer(), "test", PolledTrackerType.FIXED_CLOCK)
                .poll()
                .poll();
    }
}
