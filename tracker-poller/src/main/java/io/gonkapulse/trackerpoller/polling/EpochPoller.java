package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.polling.PolledResponse.OutdatedResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.StaleResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.UnusableResponse;
import io.gonkapulse.trackerpoller.polling.PolledResponse.UsableResponse;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.publishing.PollPublisher.PublishBatch;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

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
            PollResult result = poll(context);
            publisher.publishPoll(result.poll());
            return result;
        }
    }

    private PollResult poll(PollContext context) {
        FreshestResponseResolver resolver = new FreshestResponseResolver(tracker, watermark, context);
        try (PolledResponse response =
                resolver.resolve(context.startedAt().plus(tracker.settings().pollDeadline()))) {
            if (response instanceof UnusableResponse unusable) {
                return reject(unusable, context);
            }
            UsableResponse usable = (UsableResponse) response;
            context.setUrl(usable.url());
            context.setNetwork(usable.epoch().network());
            usable.participants().skipped().forEach(context::addSkipped);
            return usable instanceof OutdatedResponse outdated ? reject(outdated, context) : publish(usable, context);
        } catch (PublishFailedException failure) {
            return PollResult.unpublished(context.failed(String.valueOf(failure.getMessage())), failure);
        } catch (TrackerRequestException failure) {
            // A large response that is read again while it is published.
            return PollResult.failed(context.failed(String.valueOf(failure.getMessage())));
        }
    }

    private PollResult reject(UnusableResponse response, PollContext context) {
        response.skipped().forEach(context::addSkipped);
        return PollResult.failed(context.failed(
                AllAddressesFailedException.describe(tracker.settings().name().value(), response.failures())));
    }

    private PollResult reject(OutdatedResponse response, PollContext context) {
        String reason =
                "All responses are below block " + watermark.height() + ", which is already published; the newest is "
                        + response.epoch().height();
        watermark.recordOutdated(clock.instant());
        context.addSkipped(
                SkipReason.OLDER_HEIGHT, response.participants().nodes().size());
        return PollResult.failed(context.stale(reason));
    }

    /** Advances the watermark only after the snapshots are stored. */
    private PollResult publish(UsableResponse response, PollContext context) {
        CurrentEpochResponse epoch = response.epoch();
        ParticipantIndex index = response.participants();
        if (tracker.settings().live()) {
            SnapshotOrigin origin = context.origin(epoch.fetchedAt(), epoch.observedAt(), epoch.height());
            context.measure(PollStage.PUBLISH, () -> {
                PublishBatch batch = publisher.startBatch();
                index.participants().forEach(participant -> batch.add(snapshot(participant, epoch.epoch(), origin)));
                batch.flush();
            });
            context.addPublished(index.nodes().size());
        }
        watermark.advance(epoch);
        Poll poll = response instanceof StaleResponse
                ? context.stale("The newest response was observed at " + epoch.observedAt())
                : context.succeeded();
        return PollResult.success(poll, epoch.epoch(), index.nodes());
    }

    private LiveSnapshot snapshot(EpochParticipant participant, long epoch, SnapshotOrigin origin) {
        return new LiveSnapshot(
                participant.node(),
                epoch,
                origin,
                participant.counters(),
                participant.status(),
                tracker.hardware().enrich(participant.node(), participant.facts()));
    }

    /**
     * The result of one poll of the running epoch.
     *
     * @param observed empty when the poll failed
     * @param retryable whether publishing failed for a transient reason, so that a poll before the next scheduled one
     *     may succeed
     */
    public record PollResult(Poll poll, Optional<ObservedEpoch> observed, boolean retryable) {

        static PollResult success(Poll poll, long epoch, Set<NodeIdentifier> nodes) {
            return new PollResult(
                    poll, Optional.of(new ObservedEpoch(epoch, Collections.unmodifiableSet(nodes))), false);
        }

        static PollResult failed(Poll poll) {
            return new PollResult(poll, Optional.empty(), false);
        }

        static PollResult unpublished(Poll poll, PublishFailedException failure) {
            return new PollResult(poll, Optional.empty(), !failure.isRejected());
        }
    }

    /** The running epoch and its nodes. */
    public record ObservedEpoch(long epoch, Set<NodeIdentifier> nodes) {}
}
