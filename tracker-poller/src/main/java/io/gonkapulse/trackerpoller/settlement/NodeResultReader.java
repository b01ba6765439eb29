package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.OutOfBoundsException;
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

/** Asks about many nodes, several at a time. */
final class NodeResultReader {

    /** One question with all its retries and addresses. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final ExecutorService executor;
    private final InstantSource clock;

    NodeResultReader(ExecutorService askers, InstantSource clock) {
        this.executor = askers;
        this.clock = clock;
    }

    /** A result, and when it came. */
    record ReceivedResult(NodeIdentifier node, NodeResult result, Instant fetchedAt) {}

    /**
     * What came of asking about many.
     *
     * @param missing those of whom the tracker said that there is nothing
     * @param failed those about whom nothing worth reading came
     * @param outOfBounds those whose counters are larger than any record may carry
     * @param unreachable those of the failed about whom no address had its say
     */
    record ReceivedResults(
            List<ReceivedResult> received,
            List<NodeIdentifier> missing,
            long failed,
            long outOfBounds,
            long unreachable) {}

    /**
     * Asks all of them.
     *
     * @throws AllAddressesFailedException when not one could be asked at all: the tracker is not to be reached
     */
    ReceivedResults readAll(Tracker tracker, PastEpoch past, List<NodeIdentifier> nodes, PollContext notes)
            throws InterruptedException {
        List<Callable<Optional<ReceivedResult>>> requests = new ArrayList<>();
        nodes.forEach(node -> requests.add(() -> read(tracker, past, node)));
        Instant start = clock.instant();
        List<Future<Optional<ReceivedResult>>> pending = executor.invokeAll(requests);
        notes.addDuration(PollStage.FETCH, Duration.between(start, clock.instant()));
        return collect(nodes, pending);
    }

    private Optional<ReceivedResult> read(Tracker tracker, PastEpoch past, NodeIdentifier node) {
        return tracker.client()
                .execute(
                        clock.instant().plus(REQUEST_TIMEOUT),
                        site -> tracker.api().nodeResult(site, past, node))
                .map(result -> new ReceivedResult(node, result, clock.instant()));
    }

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
        throw new IllegalStateException("A question failed in a way that was not foreseen", failure.getCause());
    }
}
