package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.http.FailoverClient.AddressAttempt;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.polling.PolledResponse.FreshResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.UnusableResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.UsableResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests the addresses of a tracker until one has a fresh response. Otherwise uses the newest of the others. */
final class FreshestResponseResolver {

    private final Tracker tracker;
    private final HeightWatermark watermark;
    private final PollContext context;

    FreshestResponseResolver(Tracker tracker, HeightWatermark watermark, PollContext context) {
        this.tracker = tracker;
        this.watermark = watermark;
        this.context = context;
    }

    PolledResponse resolve(Instant deadline) {
        PolledResponse best = new UnusableResponse(List.of(), Map.of());
        try {
            for (AddressAttempt attempt : tracker.client().attempts(deadline)) {
                PolledResponse response = request(attempt);
                if (response instanceof FreshResponse) {
                    best.close();
                    return response;
                }
                best = better(best, response);
            }
            return best;
        } catch (RuntimeException unexpected) {
            best.close();
            throw unexpected;
        }
    }

    /** Old data counts as a failure of the address, so that the others come first for a while. */
    private PolledResponse request(AddressAttempt attempt) {
        TrackerClient client = attempt.client();
        context.setUrl(client.url());
        try {
            CurrentEpochResponse epoch =
                    context.measure(PollStage.FETCH, () -> tracker.api().currentEpoch(client));
            ParticipantIndex participants = context.measure(PollStage.PARSE, () -> ParticipantIndex.scan(epoch));
            if (participants.nodes().isEmpty()) {
                epoch.close();
                return failed(attempt, noParticipants(client, epoch), participants.skipped());
            }
            UsableResponse response = watermark.classify(client.url(), participants);
            if (response instanceof FreshResponse) {
                attempt.recordSuccess();
            } else {
                attempt.recordFailure(unusable(client.url() + " responded with old data"));
            }
            return response;
        } catch (TrackerRequestException failure) {
            return failed(attempt, failure, Map.of());
        }
    }

    private static UnusableResponse failed(
            AddressAttempt attempt, TrackerRequestException failure, Map<SkipReason, Long> skipped) {
        return new UnusableResponse(List.of(attempt.recordFailure(failure)), skipped);
    }

    /** Without participants all nodes would look offline. */
    private static TrackerRequestException noParticipants(TrackerClient client, CurrentEpochResponse epoch) {
        return unusable(client.url() + " has no usable participant: expected those of epoch " + epoch.epoch());
    }

    private static TrackerRequestException unusable(String message) {
        return TrackerRequestException.of(RequestFailureReason.UNUSABLE, message);
    }

    /** Closes the other one. */
    private static PolledResponse better(PolledResponse first, PolledResponse second) {
        if (second instanceof UnusableResponse failed) {
            return first instanceof UnusableResponse before ? before.and(failed) : first;
        }
        if (first instanceof UsableResponse known
                && second instanceof UsableResponse other
                && !other.epoch().observedAt().isAfter(known.epoch().observedAt())) {
            other.close();
            return known;
        }
        first.close();
        return second;
    }
}
