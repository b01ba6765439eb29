package io.gonkapulse.trackerpoller.background;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult;
import io.gonkapulse.trackerpoller.background.SettlementProcessor.SettlementResult.SettlementCompletion;
import io.gonkapulse.trackerpoller.http.BackOff;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Fetches the epochs of backfill commands, oldest first, one at a time. After each epoch it sends the remaining range
 * as a new command with the same id, and only then acknowledges the old one. After a crash or a rebalance another
 * poller resumes there. Of two commands with one id the more advanced one wins. Thread-safe.
 */
public final class BackfillQueue {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillQueue.class);

    /** Enough for a broken response; an epoch that the tracker cannot serve must not block the later ones. */
    private static final int MAX_ATTEMPTS = 3;

    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(15), Duration.ofMinutes(5));

    private final Consumer<BackfillEpochs> remainderSender;
    /** By the id of the command, in the order of arrival. */
    private final Map<String, BackfillTask> tasks = new LinkedHashMap<>();

    private int failures;
    private int transientFailures;
    private Instant retryNotBefore = Instant.MIN;

    /** @param remainders sends the remaining range, and returns when Kafka has stored it */
    public BackfillQueue(Consumer<BackfillEpochs> remainders) {
        this.remainderSender = remainders;
    }

    /** Of two commands with one id the less advanced one is acknowledged and dropped. */
    public synchronized void add(BackfillTask task) {
        BackfillTask known = tasks.get(task.backfill().id());
        if (known != null && !task.isMoreAdvancedThan(known)) {
            task.acknowledge().run();
            return;
        }
        tasks.put(task.backfill().id(), task);
        if (known != null) {
            known.acknowledge().run();
        }
    }

    /** The epoch to fetch now; empty until the running epoch is known. */
    public synchronized OptionalLong nextEpoch(OptionalLong running, Instant now) {
        while (running.isPresent() && !tasks.isEmpty() && !now.isBefore(retryNotBefore)) {
            BackfillTask first = tasks.values().iterator().next();
            if (first.backfill().fromEpoch() < running.getAsLong()) {
                return OptionalLong.of(first.backfill().fromEpoch());
            }
            LOG.warn(
                    "Backfill {} of {} ends here: epoch {} has not ended",
                    first.backfill().id(),
                    first.backfill().tracker(),
                    first.backfill().fromEpoch());
            finish(first);
        }
        return OptionalLong.empty();
    }

    /**
     * Advances the command, unless the epoch deserves another attempt. Transient failures do not count as attempts: an
     * unavailable tracker delays the backfill and skips nothing.
     */
    public synchronized void recordAttempt(long epoch, SettlementResult result, Instant now) {
        Optional<BackfillTask> task = tasks.values().stream().findFirst();
        if (task.isEmpty() || task.get().backfill().fromEpoch() != epoch) {
            return;
        }
        if (result.completion() == SettlementCompletion.TRANSIENT_FAILURE) {
            increaseBackOff(task.get().backfill(), now);
            return;
        }
        Poll poll = result.poll();
        transientFailures = 0;
        failures = result.completion() == SettlementCompletion.INCOMPLETE ? failures + 1 : 0;
        if (failures > 0 && failures < MAX_ATTEMPTS) {
            retryNotBefore = now.plus(BACK_OFF.delay(failures));
            return;
        }
        try {
            advance(task.get());
            failures = 0;
            logProgress(task.get().backfill(), poll);
        } catch (PublishFailedException failure) {
            retryNotBefore = now.plus(BACK_OFF.delay(1));
            LOG.warn(
                    "Cannot send the remainder of backfill {}, retrying later: {}",
                    task.get().backfill().id(),
                    failure.getMessage());
        }
    }

    public synchronized long remainingEpochs() {
        return tasks.values().stream()
                .mapToLong(task -> task.backfill().toEpoch() - task.backfill().fromEpoch() + 1)
                .sum();
    }

    private void increaseBackOff(BackfillEpochs backfill, Instant now) {
        transientFailures++;
        Duration backOff = BACK_OFF.delay(transientFailures);
        retryNotBefore = now.plus(backOff);
        LOG.info(
                "Backfill {} of {}: epoch {} failed for now, retrying in {} s, {} epochs left",
                backfill.id(),
                backfill.tracker(),
                backfill.fromEpoch(),
                backOff.toSeconds(),
                backfill.toEpoch() - backfill.fromEpoch() + 1);
    }

    /** Sends the remainder before it acknowledges, so that a crash repeats one epoch and loses none. */
    private void advance(BackfillTask task) {
        BackfillEpochs backfill = task.backfill();
        if (backfill.fromEpoch() < backfill.toEpoch()) {
            remainderSender.accept(new BackfillEpochs(
                    backfill.id(),
                    backfill.tracker(),
                    backfill.requestedAt(),
                    backfill.fromEpoch() + 1,
                    backfill.toEpoch()));
        }
        finish(task);
    }

    private void finish(BackfillTask task) {
        tasks.remove(task.backfill().id());
        task.acknowledge().run();
    }

    private static void logProgress(BackfillEpochs backfill, Poll poll) {
        boolean givenUp = poll.outcome() == Outcome.FAILED;
        LOG.atLevel(givenUp ? Level.WARN : Level.INFO)
                .log(
                        "Backfill {} of {}: epoch {} {}, {} published, {} epochs left",
                        backfill.id(),
                        backfill.tracker(),
                        backfill.fromEpoch(),
                        givenUp ? "given up (" + poll.error() + ")" : "done",
                        poll.counts().published(),
                        backfill.toEpoch() - backfill.fromEpoch());
    }

    /**
     * A received backfill command.
     *
     * @param acknowledge called when Kafka need not redeliver the command
     */
    public record BackfillTask(BackfillEpochs backfill, Runnable acknowledge) {

        boolean isMoreAdvancedThan(BackfillTask other) {
            return backfill.fromEpoch() > other.backfill.fromEpoch();
        }
    }
}
