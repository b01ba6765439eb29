package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.MessageLimits.OutOfBoundsException;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.AllAddressesFailedException;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.gonkapulse.trackerpoller.monitoring.PollContext.PollStage;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Requests the results of many nodes, several at a time. */
final class NodeResultReader {

    /** For one request with its retries and all addresses. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final ExecutorService executor;
    private final InstantSource clock;

    NodeResultReader(ExecutorService executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** A result and its arrival. */
    record ReceivedResult(NodeIdentifier node, NodeResult result, Instant fetchedAt) {}

    /**
     * The results of many requests.
     *
     * @param missing nodes for which the tracker has no result
     * @param failed nodes without a usable response
     * @param outOfBounds nodes whose counters exceed the limits of a message
     * @param unreachable those of the failed nodes for which no tracker responded
     */
    record ReceivedResults(
            List<ReceivedResult> received,
            List<NodeIdentifier> missing,
            long failed,
            long outOfBounds,
            long unreachable) {}

    /** @throws AllAddressesFailedException when no result was received and a request failed */
    ReceivedResults readAll(Tracker tracker, PastEpoch past, List<NodeIdentifier> nodes, PollContext context)
            throws InterruptedException {
        List<Callable<Optional<ReceivedResult>>> requests = new ArrayList<>();
        nodes.forEach(node -> requests.add(() -> read(tracker, past, node)));
        Instant start = clock.instant();
        List<Future<Optional<ReceivedResult>>> pending = executor.invokeAll(requests);
        context.addDuration(PollStage.FETCH, Duration.between(start, clock.instant()));
        return collect(nodes, pending);
    }

    private Optional<ReceivedResult> read(Tracker tracker, PastEpoch past, NodeIdentifier node) {
        return tracker.client()
                .execute(
                        clock.instant().plus(REQUEST_TIMEOUT),
                        client -> tracker.api().nodeResult(client, past, node))
                .map(result -> new ReceivedResult(node, result, clock.instant()));
    }

    /** Of several failures one with a response of the tracker is reported, because it says more about the epoch. */
    private static ReceivedResults collect(List<NodeIdentifier> nodes, List<Future<Optional<ReceivedResult>>> pending)
            throws InterruptedException {
        List<ReceivedResult> received = new ArrayList<>();
        List<NodeIdentifier> missing = new ArrayList<>();
        AllAddressesFailedException failure = null;
        long failed = 0;
        long outOfBounds = 0;
        long unreachable = 0;
        for (int i = 0; i < nodes.size(); i++) {
            try {
                NodeIdentifier node = nodes.get(i);
                pending.get(i).get().ifPresentOrElse(received::add, () -> missing.add(node));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof OutOfBoundsException) {
                    outOfBounds++;
                    continue;
                }
                AllAddressesFailedException exhausted = exhausted(e);
                failure = failure == null || exhausted.hasTrackerResponse() ? exhausted : failure;
                failed++;
                unreachable += exhausted.hasTrackerResponse() ? 0 : 1;
            }
        }
        if (failure != null && received.isEmpty()) {
            throw failure;
        }
        return new ReceivedResults(received, missing, failed, outOfBounds, unreachable);
    }

    private static AllAddressesFailedException exhausted(ExecutionException failure) {
        if (failure.getCause() instanceof AllAddressesFailedException exhausted) {
            return exhausted;
        }
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("Unexpected failure of a request", failure.getCause());
    }
}
