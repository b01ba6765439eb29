package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.monitoring.PollLoggingContext;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import io.gonkapulse.trackerpoller.settlement.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.settlement.SettlementProcessor.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Runs one attempt for an epoch: requests all unfinished nodes in batches and publishes what changed. */
final class SettlementTask {

    /** Large enough for full concurrency, small enough that a crash repeats little. */
    private static final int BATCH_SIZE = 500;

    private final Tracker tracker;
    private final PollPublisher publisher;
    private final String owner;
    private final InstantSource clock;
    private final NodeResultReader resultReader;

    SettlementTask(
            Tracker tracker,
            PollPublisher publisher,
            String owner,
            InstantSource clock,
            NodeResultReader resultReader) {
        this.tracker = tracker;
        this.publisher = publisher;
        this.owner = owner;
        this.clock = clock;
        this.resultReader = resultReader;
    }

    /** Publishes a record of the attempt, unless it is interrupted. */
    SettlementResult run(OpenEpoch epoch, Purpose purpose) throws InterruptedException {
        PollContext context = new PollContext(tracker.settings(), purpose, owner, clock);
        PollLoggingContext.set(context);
        try {
            publisher.onPollStarted(context);
            SettlementResult round = attempt(epoch, context);
            publisher.publishPoll(round.poll());
            return round;
        } finally {
            PollLoggingContext.clear();
        }
    }

    private SettlementResult attempt(OpenEpoch epoch, PollContext context) throws InterruptedException {
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

    private static Poll failed(OpenEpoch epoch, PollContext context, RuntimeException failure) {
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

    private SettlementResult settle(OpenEpoch epoch, PastEpoch past, PollContext context) throws InterruptedException {
        if (past.settled().isEmpty()) {
            return new SettlementResult(
                    context.failed("Epoch " + epoch.number() + " is not settled yet"), SettlementCompletion.INCOMPLETE);
        }
        List<NodeIdentifier> nodes = epoch.unfinishedNodes(past);
        SettlementPublisher results = new SettlementPublisher(epoch, past, publisher, context);
        List<NodeIdentifier> withoutResult = new ArrayList<>();
        long missing = 0;
        long unreachable = 0;
        for (int from = 0; from < nodes.size(); from += BATCH_SIZE) {
            List<NodeIdentifier> batch = nodes.subList(from, Math.min(from + BATCH_SIZE, nodes.size()));
            NodeResultReader.ReceivedResults received = resultReader.readAll(tracker, past, batch, context);
            missing += received.failed() + received.missing().size();
            unreachable += received.unreachable();
            context.addSkipped(SkipReason.OUT_OF_BOUNDS, received.outOfBounds());
            withoutResult.addAll(received.missing());
            context.measure(PollStage.PUBLISH, () -> results.process(received.received()));
        }
        withoutResult.forEach(epoch::recordMissing);
        context.addSkipped(SkipReason.NO_ANSWER, missing);
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
}
