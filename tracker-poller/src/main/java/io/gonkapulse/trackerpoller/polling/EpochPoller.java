package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.polling.FreshestResponseResolver.CandidateResponse;
import io.gonkapulse.trackerpoller.polling.HeightWatermark.ResponseFreshness;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.InstantSource;

/** Polls the running epoch of one tracker. Confined to one thread. */
public final class EpochPoller {

    private final Tracker tracker;
    private final PollPublisher publisher;
    private final String owner;
    private final InstantSource clock;
    private final HeightWatermark watermark;

    public EpochPoller(Tracker tracker, PollPublisher publisher, String owner, InstantSource clock) {
        this.tracker = tracker;
        this.publisher = publisher;
        this.owner = owner;
        this.clock = clock;
        this.watermark = new HeightWatermark(tracker.settings().staleAfter());
    }

    /** Never throws for a failed poll; each poll publishes a record. */
    public PollResult poll() {
        try (PollContext context = new PollContext(tracker.settings(), Purpose.CURRENT, owner, clock)) {
            publisher.onPollStarted(context);
            PollResult result = attempt(context);
            publisher.publishPoll(result.poll());
            return result;
        }
    }

    private PollResult attempt(PollContext context) {
        FreshestResponseResolver resolver = new FreshestResponseResolver(tracker, watermark, context);
        try (CandidateResponse candidate =
                resolver.resolve(context.startedAt().plus(tracker.settings().pollDeadline()))) {
            return process(candidate, context);
        } catch (PublishFailedException failure) {
            return PollResult.unpublished(context.failed(String.valueOf(failure.getMessage())), failure);
        } catch (AllAddressesFailedException | TrackerRequestException failure) {
            return PollResult.failed(context.failed(String.valueOf(failure.getMessage())));
        }
    }

    /** Advances the watermark only after the snapshots are stored. */
    private PollResult process(CandidateResponse candidate, PollContext context) {
        CurrentEpochResponse epoch = candidate.epoch();
        context.setUrl(candidate.url());
        context.setNetwork(epoch.network());
        candidate.participants().skipped().forEach(context::addSkipped);
        if (candidate.freshness() == ResponseFreshness.OUTDATED) {
            return rejectOutdated(candidate, context);
        }
        if (tracker.settings().live()) {
            context.addPublished(context.measure(PollStage.PUBLISH, () -> publish(candidate, context)));
        }
        watermark.advance(epoch);
        Poll poll = candidate.freshness() == ResponseFreshness.STALE
                ? context.stale("The newest response was observed at " + epoch.observedAt())
                : context.succeeded();
        return PollResult.success(poll, epoch.epoch(), candidate.participants().nodes());
    }

    private PollResult rejectOutdated(CandidateResponse candidate, PollContext context) {
        String reason =
                "All responses are below block " + watermark.height() + ", which is already published; the newest is "
                        + candidate.epoch().height();
        watermark.recordOutdated(clock.instant());
        context.addSkipped(
                SkipReason.OLDER_HEIGHT, candidate.participants().nodes().size());
        return PollResult.failed(context.stale(reason));
    }

    private long publish(CandidateResponse candidate, PollContext context) {
        CurrentEpochResponse epoch = candidate.epoch();
        SnapshotOrigin origin = context.origin(epoch.fetchedAt(), epoch.observedAt(), epoch.height());
        PollPublisher.PublishBatch batch = publisher.startBatch();
        candidate.participants().forEach(epoch, participant -> batch.add(snapshot(participant, epoch, origin)));
        batch.flush();
        return candidate.participants().nodes().size();
    }

    private LiveSnapshot snapshot(EpochParticipant participant, CurrentEpochResponse epoch, SnapshotOrigin origin) {
        return new LiveSnapshot(
                participant.node(),
                epoch.epoch(),
                origin,
                participant.counters(),
                participant.status(),
                tracker.hardware().enrich(participant.node(), participant.facts()));
    }
}
