package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.OutOfBoundsException;
import io.gonkapulse.trackerpoller.site.SitesExhaustedException;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import io.gonkapulse.trackerpoller.telling.PollNotes.Stage;
import io.gonkapulse.trackerpoller.tracker.Tracker;
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
final class Questions {

    /** One question with all its retries and addresses. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService askers;
    private final InstantSource clock;

    Questions(ExecutorService askers, InstantSource clock) {
        this.askers = askers;
        this.clock = clock;
    }

    /** A result, and when it came. */
    record Given(NodeIdentifier node, NodeResult result, Instant fetchedAt) {}

    /**
     * What came of asking about many.
     *
     * @param none those of whom the tracker said that there is nothing
     * @param failed those about whom nothing worth reading came
     * @param outOfBounds those whose counters are larger than any record may carry
     * @param unasked those of the failed about whom no address had its say
     */
    record Answers(List<Given> given, List<NodeIdentifier> none, long failed, long outOfBounds, long unasked) {}

    /**
     * Asks all of them.
     *
     * @throws SitesExhaustedException when not one could be asked at all: the tracker is not to be reached
     */
    Answers askAll(Tracker tracker, PastEpoch past, List<NodeIdentifier> nodes, PollNotes notes)
            throws InterruptedException {
        List<Callable<Optional<Given>>> questions = new ArrayList<>();
        nodes.forEach(node -> questions.add(() -> ask(tracker, past, node)));
        Instant begin = clock.instant();
        List<Future<Optional<Given>>> asked = askers.invokeAll(questions);
        notes.took(Stage.FETCH, Duration.between(begin, clock.instant()));
        return collect(nodes, asked);
    }

    private Optional<Given> ask(Tracker tracker, PastEpoch past, NodeIdentifier node) {
        return tracker.sites()
                .first(clock.instant().plus(PATIENCE), site -> tracker.source().result(site, past, node))
                .map(result -> new Given(node, result, clock.instant()));
    }

    private static Answers collect(List<NodeIdentifier> nodes, List<Future<Optional<Given>>> asked)
            throws InterruptedException {
        List<Given> given = new ArrayList<>();
        List<NodeIdentifier> none = new ArrayList<>();
        SitesExhaustedException failure = null;
        long failed = 0;
        long outOfBounds = 0;
        long unasked = 0;
        for (int i = 0; i < nodes.size(); i++) {
            try {
                NodeIdentifier node = nodes.get(i);
                asked.get(i).get().ifPresentOrElse(given::add, () -> none.add(node));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof OutOfBoundsException) {
                    outOfBounds++;
                    continue;
                }
                SitesExhaustedException why = exhausted(e);
                failure = failure == null || why.isAnswered() ? why : failure;
                failed++;
                unasked += why.isAnswered() ? 0 : 1;
            }
        }
        if (failure != null && given.isEmpty()) {
            throw failure;
        }
        return new Answers(given, none, failed, outOfBounds, unasked);
    }

    private static SitesExhaustedException exhausted(ExecutionException failure) {
        if (failure.getCause() instanceof SitesExhaustedException exhausted) {
            return exhausted;
        }
        if (failure.getCause() instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("A question failed in a way that was not foreseen", failure.getCause());
    }
}
