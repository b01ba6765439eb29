package io.gonkapulse.trackerpoller.backfill;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.settle.Round;
import io.gonkapulse.trackerpoller.settle.Round.Ending;
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
 * Works off orders for old epochs, one epoch at a time. After each, what remains of the order is sent as a new one of the
 * same id before the old one is done with: whoever owns the tracker after a crash or a move finds it there, and goes on
 * where it was. Of two orders of one id the one that is further on holds.
 */
public final class BackfillDesk {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillDesk.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 5;

    private final Consumer<Backfill> remainders;
    private final Map<String, BackfillOrder> orders = new LinkedHashMap<>();
    private int failures;
    private int unanswered;
    private Instant notBefore = Instant.MIN;

    /** @param remainders sends what remains of an order, and returns when it is safe */
    public BackfillDesk(Consumer<Backfill> remainders) {
        this.remainders = remainders;
    }

    public synchronized void accept(BackfillOrder order) {
        BackfillOrder known = orders.get(order.backfill().id());
        if (known != null && !order.isFurtherThan(known)) {
            order.done().run();
            return;
        }
        orders.put(order.backfill().id(), order);
        if (known != null) {
            known.done().run();
        }
    }

    /** The epoch to fetch now; orders wait until it is known which epoch runs. */
    public synchronized OptionalLong next(OptionalLong running, Instant now) {
        while (running.isPresent() && !orders.isEmpty() && !now.isBefore(notBefore)) {
            BackfillOrder first = orders.values().iterator().next();
            if (first.backfill().fromEpoch() < running.getAsLong()) {
                return OptionalLong.of(first.backfill().fromEpoch());
            }
            LOG.warn(
                    "Backfill {} of {} ends here: epoch {} is not over",
                    first.backfill().id(),
                    first.backfill().tracker(),
                    first.backfill().fromEpoch());
            finish(first);
        }
        return OptionalLong.empty();
    }

    /**
     * Moves the order on, unless the epoch is worth another attempt. Only those count that the tracker answered: while it is
     * away the order waits, however long that is.
     */
    public synchronized void fetched(long epoch, Round round, Instant now) {
        Optional<BackfillOrder> order = orders.values().stream().findFirst();
        if (order.isEmpty() || order.get().backfill().fromEpoch() != epoch) {
            return;
        }
        if (round.ending() == Ending.UNANSWERED) {
            waitLonger(order.get().backfill(), now);
            return;
        }
        Poll poll = round.poll();
        unanswered = 0;
        failures = round.ending() == Ending.WANTING ? failures + 1 : 0;
        if (failures > 0 && failures < ATTEMPTS) {
            notBefore = now.plus(PAUSE.multipliedBy(failures));
            return;
        }
        try {
            moveOn(order.get());
            failures = 0;
            progress(order.get().backfill(), poll);
        } catch (PublishFailedException failure) {
            notBefore = now.plus(PAUSE);
            LOG.warn(
                    "What remains of backfill {} could not be sent: {}",
                    order.get().backfill().id(),
                    failure.getMessage());
        }
    }

    /** Epochs that are still to be fetched. */
    public synchronized long remaining() {
        return orders.values().stream()
                .mapToLong(
                        order -> order.backfill().toEpoch() - order.backfill().fromEpoch() + 1)
                .sum();
    }

    private void waitLonger(Backfill backfill, Instant now) {
        Duration growing = PAUSE.multipliedBy(1L << Math.min(unanswered, DOUBLINGS));
        Duration pause = growing.compareTo(LONGEST_PAUSE) < 0 ? growing : LONGEST_PAUSE;
        unanswered++;
        notBefore = now.plus(pause);
        LOG.info(
                "Backfill {} of {}: epoch {} waits for {} s, {} to go",
                backfill.id(),
                backfill.tracker(),
                backfill.fromEpoch(),
                pause.toSeconds(),
                backfill.toEpoch() - backfill.fromEpoch() + 1);
    }

    private void moveOn(BackfillOrder order) {
        Backfill backfill = order.backfill();
        if (backfill.fromEpoch() == backfill.toEpoch()) {
            finish(order);
            return;
        }
        remainders.accept(new Backfill(
                backfill.id(),
                backfill.tracker(),
                backfill.requestedAt(),
                backfill.fromEpoch() + 1,
                backfill.toEpoch()));
        finish(order);
    }

    private void finish(BackfillOrder order) {
        orders.remove(order.backfill().id());
        order.done().run();
    }

    private static void progress(Backfill backfill, Poll poll) {
        boolean givenUp = poll.outcome() == Outcome.FAILED;
        LOG.atLevel(givenUp ? Level.WARN : Level.INFO)
                .log(
                        "Backfill {} of {}: epoch {} {}, {} published, {} to go",
                        backfill.id(),
                        backfill.tracker(),
                        backfill.fromEpoch(),
                        givenUp ? "given up (" + poll.error() + ")" : "done",
                        poll.counts().published(),
                        backfill.toEpoch() - backfill.fromEpoch());
    }
}
