package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.ParticipantEntry;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Duration;
import java.util.function.Function;

/** The stages of a poll, each measurable alone. */
final class PollStages {

    private final Tracker tracker;
    private final CachingTrackerClient cache;
    private final long participants;

    private PollStages(Tracker tracker, CachingTrackerClient cache) {
        this.tracker = tracker;
        this.cache = cache;
        this.participants = read();
    }

    static PollStages of(Tracker tracker) {
        return callTracker(tracker, client -> new PollStages(tracker, CachingTrackerClient.of(client)));
    }

    /** Sends the requests of a poll and discards the bodies. */
    long fetch() {
        return callTracker(tracker, client -> {
            cache.requests().forEach(request -> fetchBody(client, request));
            return participants;
        });
    }

    /** Parses cached responses once, as the tracker type requires. */
    long read() {
        long read = 0;
        try (CurrentEpochResponse epoch = tracker.api().currentEpoch(cache)) {
            for (ParticipantEntry entry : epoch.participants()) {
                read += entry instanceof EpochParticipant ? 1 : 0;
            }
        }
        return read;
    }

    private static void fetchBody(TrackerClient client, TrackerRequest request) {
        client.get(request).close();
    }

    private static <T> T callTracker(Tracker tracker, Function<TrackerClient, T> call) {
        return tracker.client().execute(PolledTrackerType.FIXED_CLOCK.instant().plus(Duration.ofMinutes(1)), call);
    }
}
