package io.gonkapulse.trackerpoller.backfill;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off orders for old epochs, one epoch at a time. After each, what remains of the order is sent as a new one of the
 * same id before the old one is done with: whoever owns the tracker after a crash or a move finds it there, and goes on
 * where it was. Of two orders of one id the one that is further on holds.
 */
public final class BackfillDesk {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillDesk.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final Consumer<Backfill> remainders;
    private final Map<String, BackfillOrder> orders = new LinkedHashMap<>();
    private int failures;
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

    /** Moves the order on, unless the epoch is worth another attempt. */
    public synchronized void fetched(long epoch, Poll poll, Instant now) {
        Optional<BackfillOrder> order = orders.values().stream().findFirst();
        if (order.isEmpty() || order.get().backfill().fromEpoch() != epoch) {
            return;
        }
        failures = poll.outcome() == Outcome.FAILED ? failures + 1 : 0;
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
        LOG.info(
                "Backfill {} of {}: epoch {} {}, {} published, {} to go",
                backfill.id(),
                backfill.tracker(),
                backfill.fromEpoch(),
                poll.outcome() == Outcome.FAILED ? "given up (" + poll.error() + ")" : "done",
                poll.counts().published(),
                backfill.toEpoch() - backfill.fromEpoch());
    }
}
