package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.http.ClientCall;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantSink;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
        ParticipantCounter counter = new ParticipantCounter();
        try (CurrentEpochResponse epoch = tracker.api().currentEpoch(cache)) {
            epoch.participants(counter);
        }
        return counter.participants;
    }

    private static void fetchBody(TrackerClient client, TrackerRequest request) {
        client.get(request).close();
    }

    private static <T> T callTracker(Tracker tracker, ClientCall<T> call) {
        return tracker.client().execute(PolledTrackerType.FIXED_CLOCK.instant().plus(Duration.ofMinutes(1)), call);
    }

    private static final class ParticipantCounter implements ParticipantSink {

        private long participants;

        @Override
        public void participant(EpochParticipant participant) {
            participants++;
        }

        @Override
        public void skipped(SkipReason reason) {
            // A poll does not publish skipped participants either.
        }
    }

    /** Sends each request once and keeps the response open, so that parsing can be measured without the network. */
    private record CachingTrackerClient(TrackerClient delegate, Map<TrackerRequest, TrackerResponse> cache)
            implements TrackerClient {

        static CachingTrackerClient of(TrackerClient site) {
            return new CachingTrackerClient(site, new LinkedHashMap<>());
        }

        Set<TrackerRequest> requests() {
            return cache.keySet();
        }

        @Override
        public String url() {
            return delegate.url();
        }

        @Override
        public long bodyLimit() {
            return delegate.bodyLimit();
        }

        @Override
        public TrackerResponse get(TrackerRequest request) {
            return new ReusableResponse(cache.computeIfAbsent(request, delegate::get));
        }

        private record ReusableResponse(TrackerResponse response) implements TrackerResponse {

            @Override
            public Instant arrivedAt() {
                return response.arrivedAt();
            }

            @Override
            public InputStream open() throws IOException {
                return response.open();
            }

            @Override
            public long length() {
                return response.length();
            }

            @Override
            public void close() {
                // Keeps the response open for the next read.
            }
        }
    }
}
