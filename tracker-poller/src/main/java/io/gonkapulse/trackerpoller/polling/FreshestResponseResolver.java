package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.polling.HeightWatermark.ResponseFreshness;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests the addresses of a tracker until one has a fresh response. Otherwise uses the newest of the others. */
final class FreshestResponseResolver {

    private final Tracker tracker;
    private final HeightWatermark watermark;
    private final PollContext context;
    private @Nullable CandidateResponse fallback;
    private Map<SkipReason, Long> unusableSkips = Map.of();

    FreshestResponseResolver(Tracker tracker, HeightWatermark watermark, PollContext context) {
        this.tracker = tracker;
        this.watermark = watermark;
        this.context = context;
    }

    CandidateResponse resolve(Instant deadline) {
        try {
            CandidateResponse fresh = tracker.client().execute(deadline, this::fetch);
            closeFallback();
            return fresh;
        } catch (AllAddressesFailedException exhausted) {
            CandidateResponse best = fallback;
            if (best == null) {
                unusableSkips.forEach(context::addSkipped);
                throw exhausted;
            }
            return best;
        } catch (RuntimeException unexpected) {
            closeFallback();
            throw unexpected;
        }
    }

    /** Keeps a response that is not fresh as fallback, then fails, so that the next address is tried. */
    private CandidateResponse fetch(TrackerClient client) {
        context.setUrl(client.url());
        CurrentEpochResponse epoch =
                context.measure(PollStage.FETCH, () -> tracker.api().currentEpoch(client));
        try {
            CandidateResponse candidate = evaluate(client, epoch);
            if (candidate.freshness() == ResponseFreshness.FRESH) {
                return candidate;
            }
            retainNewer(candidate);
        } catch (RuntimeException unusable) {
            epoch.close();
            throw unusable;
        }
        throw TrackerRequestException.of(
                TrackerRequestException.RequestFailureReason.UNUSABLE, client.url() + " responded with old data");
    }

    /** A response without participants is a fault: to publish it would make all nodes look offline. */
    private CandidateResponse evaluate(TrackerClient client, CurrentEpochResponse epoch) {
        ParticipantIndex index = context.measure(PollStage.PARSE, () -> ParticipantIndex.scan(epoch));
        if (index.nodes().isEmpty()) {
            unusableSkips = index.skipped();
            throw TrackerRequestException.of(
                    TrackerRequestException.RequestFailureReason.UNUSABLE,
                    client.url() + " has no usable participant: expected those of epoch " + epoch.epoch());
        }
        return new CandidateResponse(client.url(), epoch, index, watermark.classify(epoch));
    }

    private void retainNewer(CandidateResponse candidate) {
        CandidateResponse retained = fallback;
        if (retained == null || candidate.isNewerThan(retained)) {
            closeFallback();
            fallback = candidate;
        } else {
            candidate.close();
        }
    }

    private void closeFallback() {
        if (fallback != null) {
            fallback.close();
            fallback = null;
        }
    }

    /** A response that could be published. */
    record CandidateResponse(
            String url,
            CurrentEpochResponse epoch,
            ParticipantIndex participants,
            HeightWatermark.ResponseFreshness freshness)
            implements AutoCloseable {

        boolean isNewerThan(CandidateResponse other) {
            return epoch.observedAt().isAfter(other.epoch().observedAt());
        }

        @Override
        public void close() {
            epoch.close();
        }
    }
}
