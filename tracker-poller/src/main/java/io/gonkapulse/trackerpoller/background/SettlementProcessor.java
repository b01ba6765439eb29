package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.background.NodeResultReader.ReceivedResults;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Fetches past epochs: scheduled ones when they are due, and any other on request. An attempt requests all unfinished
 * nodes in batches and publishes what changed.
 */
public final class SettlementProcessor {

    /** Large enough for full concurrency, small enough that a crash repeats little. */
    private static final int BATCH_SIZE = 500;

    private final Tracker tracker;
    private final SettlementSchedule schedule;
    private final SharedPollerContext shared;
    private final NodeResultReader resultReader;

    /** @param executor runs the requests for single nodes, several at a time */
    public SettlementProcessor(
            Tracker tracker, SettlementSchedule schedule, SharedPollerContext shared, ExecutorService executor) {
        this.tracker = tracker;
        this.schedule = schedule;
        this.shared = shared;
        this.resultReader = new NodeResultReader(executor, shared.clock());
    }

    /** Runs one attempt for the first due epoch; empty when none is due. */
    public Optional<Poll> settleOne() throws InterruptedException {
        Optional<UnfinishedEpoch> due = schedule.nextDue(shared.clock().instant());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        Poll poll = run(due.get(), Purpose.SETTLEMENT).poll();
        schedule.recordAttempt(due.get(), poll, shared.clock().instant());
        return Optional.of(poll);
    }

    /** Runs one attempt for an old epoch. */
    public SettlementResult backfill(long epoch) throws InterruptedException {
        return run(new UnfinishedEpoch(epoch, Set.of()), Purpose.BACKFILL);
    }

    /** Publishes a record of the attempt, unless it is interrupted. */
    private SettlementResult run(UnfinishedEpoch epoch, Purpose purpose) throws InterruptedException {
        try (PollContext context = new PollContext(tracker.settings(), purpose, shared.owner(), shared.clock())) {
            shared.publisher().onPollStarted(context);
            SettlementResult result = attempt(epoch, context);
            shared.publisher().publishPoll(result.poll());
            return result;
        }
    }

    private SettlementResult attempt(UnfinishedEpoch epoch, PollContext context) throws InterruptedException {
        try {
            return settle(epoch, fetchPastEpoch(epoch.number(), context), context);
        } catch (AllAddressesFailedException failure) {
            return new SettlementResult(
                    failed(epoch, context, failure),
                    failure.hasTrackerResponse()
                            ? SettlementCompletion.INCOMPLETE
                            : SettlementCompletion.TRANSIENT_FAILURE);
        } catch (PublishFailedException failure) {
            return new SettlementResult(failed(epoch, context, failure), SettlementCompletion.TRANSIENT_FAILURE);
        }
    }

    private static Poll failed(UnfinishedEpoch epoch, PollContext context, RuntimeException failure) {
        return context.failed("Epoch " + epoch.number() + ": " + failure.getMessage());
    }

    private PastEpoch fetchPastEpoch(long epoch, PollContext context) {
        context.setNetwork(new NetworkFacts(epoch, null, null, null, null, null, null));
        return context.measure(
                PollStage.FETCH,
                () -> tracker.client()
                        .execute(context.startedAt().plus(tracker.settings().pollDeadline()), client -> {
                            context.setUrl(client.url());
                            return tracker.api().pastEpoch(client, epoch);
                        }));
    }

    private SettlementResult settle(UnfinishedEpoch epoch, PastEpoch past, PollContext context)
            throws InterruptedException {
        if (past.settled().isEmpty()) {
            return new SettlementResult(
                    context.failed("Epoch " + epoch.number() + " is not settled yet"), SettlementCompletion.INCOMPLETE);
        }
        List<NodeIdentifier> nodes = epoch.unfinishedNodes(past);
        SettlementPublisher results = new SettlementPublisher(epoch, past, shared.publisher(), context);
        List<NodeIdentifier> withoutResult = new ArrayList<>();
        long failed = 0;
        long unreachable = 0;
        for (int from = 0; from < nodes.size(); from += BATCH_SIZE) {
            List<NodeIdentifier> batch = nodes.subList(from, Math.min(from + BATCH_SIZE, nodes.size()));
            ReceivedResults received = resultReader.readAll(tracker, past, batch, context);
            failed += received.failed();
            unreachable += received.unreachable();
            context.addSkipped(SkipReason.OUT_OF_BOUNDS, received.outOfBounds());
            withoutResult.addAll(received.missing());
            context.measure(PollStage.PUBLISH, () -> results.process(received.received()));
        }
        withoutResult.forEach(epoch::recordMissing);
        context.addSkipped(SkipReason.NO_ANSWER, failed + withoutResult.size());
        if (results.withheldCount() > 0) {
            context.addSkipped(SkipReason.NOT_READY, results.withheldCount());
            return new SettlementResult(
                    context.failed("Epoch " + epoch.number() + ": no reward is known yet"),
                    SettlementCompletion.INCOMPLETE);
        }
        if (epoch.unfinishedNodes(past).isEmpty()) {
            epoch.markComplete();
        }
        return new SettlementResult(
                context.succeeded(), unreachable == 0 ? SettlementCompletion.DONE : SettlementCompletion.INCOMPLETE);
    }

    /** The result of one attempt to settle an epoch. */
    public record SettlementResult(Poll poll, SettlementCompletion completion) {

        /** Whether another attempt can help. */
        public enum SettlementCompletion {
            /** The tracker reported all it knows; another attempt brings nothing new. */
            DONE,
            /** The response was unusable or some nodes got no response; another attempt may help. */
            INCOMPLETE,
            /** The tracker or Kafka was unavailable; another attempt is needed. */
            TRANSIENT_FAILURE
        }
    }
}
