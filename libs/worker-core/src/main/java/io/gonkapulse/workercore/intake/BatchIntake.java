package io.gonkapulse.workercore.intake;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.workercore.deadletter.DeadLetter;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies batches of one topic: whole if that goes, in halves down to the one record that is to blame if not. Ends with
 * every record applied or set aside, or with an exception that asks for the same batch again.
 */
final class BatchIntake<W> {

    private static final Logger LOG = LoggerFactory.getLogger(BatchIntake.class);

    private final BatchHandler<W> handler;
    private final DeadLetterPublisher deadLetters;
    private final Positions positions;
    private final TransactionTemplate transaction;
    private final IntakeMetrics metrics;
    private final AtomicInteger mostAtOnce = new AtomicInteger(Integer.MAX_VALUE);
    private final Map<Integer, Position> applied = new ConcurrentHashMap<>();
    private final Set<DeadLetter.Source> sent = ConcurrentHashMap.newKeySet();

    BatchIntake(
            BatchHandler<W> handler,
            DeadLetterPublisher deadLetters,
            Positions positions,
            TransactionTemplate transaction,
            IntakeMetrics metrics) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.positions = positions;
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /** Forgets what was known of partitions that come or go. */
    void forget(Iterable<Integer> partitions) {
        partitions.forEach(applied::remove);
    }

    /** Where the database says that these partitions go on; from now on that is expected. */
    Map<Integer, Position> resume(List<Integer> partitions) {
        Map<Integer, Position> found = positions.of(partitions);
        applied.putAll(found);
        return found;
    }

    void take(Batch batch, Reader reader) {
        try {
            Batch agreed = agreeOnPositions(batch, reader);
            // A copy: if the partition went to another thread of this process, that one must not move what this
            // expects.
            Map<Integer, Position> expected = new HashMap<>(applied);
            Batch ours = withoutWhatIsApplied(agreed, expected, reader);
            metrics.timed(() -> {
                applyInSteps(ours, expected);
                return ours;
            });
            batch.spans().forEach(this::forgetLetters);
        } catch (PositionMovedException e) {
            LOG.info("{}: reading on from where the database says", e.getMessage());
            Set<Integer> partitions = batch.spans().keySet();
            forget(partitions);
            resume(List.copyOf(partitions)).forEach((partition, position) -> reader.seek(partition, position.offset()));
        } catch (RuntimeException e) {
            metrics.postponed();
            throw e;
        }
    }

    /** A partition that begins elsewhere than the database says is read again from there. */
    private Batch agreeOnPositions(Batch batch, Reader reader) {
        Map<Integer, Batch.Span> spans = batch.spans();
        List<Integer> unknown = spans.keySet().stream()
                .filter(partition -> !applied.containsKey(partition))
                .toList();
        if (unknown.isEmpty()) {
            return batch;
        }
        Set<Integer> elsewhere = new HashSet<>();
        resume(unknown).forEach((partition, position) -> {
            Batch.Span span = spans.get(partition);
            if (span != null && span.first() != position.offset()) {
                elsewhere.add(partition);
                reader.seek(partition, position.offset());
            }
        });
        return batch.without(elsewhere);
    }

    /**
     * Records that come again are not counted again: after a failure, or because the partition went to another consumer
     * and came back while the batch waited. In a topic that was made anew low offsets are new records.
     */
    private Batch withoutWhatIsApplied(Batch batch, Map<Integer, Position> positions, Reader reader) {
        Map<Integer, Long> known = new HashMap<>();
        positions.forEach((partition, position) -> known.put(partition, position.offset()));
        known.keySet().retainAll(batch.startingBefore(known));
        known.entrySet().removeIf(position -> reader.end(position.getKey()) < position.getValue());
        return batch.from(known);
    }

    /** As many records at once as the database has answered for in time; it is asked for twice as many after each step. */
    private void applyInSteps(Batch batch, Map<Integer, Position> expected) {
        int from = 0;
        while (from < batch.size()) {
            int to = (int) Math.min(batch.size(), (long) from + mostAtOnce.get());
            apply(batch.part(from, to), expected);
            mostAtOnce.updateAndGet(most -> most > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * most);
            from = to;
        }
    }

    /** The container brings the same batch again, and would for ever if it took too long each time. */
    private void askForFewer(Batch batch, RuntimeException failure) {
        if (FailureClassifier.tookTooLong(failure)) {
            mostAtOnce.set(Math.max(1, batch.size() / 2));
            LOG.warn("{} records took too long; the next try is with {}", batch.size(), mostAtOnce);
        }
    }

    private void apply(Batch batch, Map<Integer, Position> expected) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            applyWhole(batch, expected);
        } catch (PositionMovedException e) {
            throw e;
        } catch (RuntimeException e) {
            if (FailureClassifier.judge(e) == Verdict.WAIT) {
                throw e;
            }
            applyInParts(batch, expected, e);
        }
    }

    private void applyInParts(Batch batch, Map<Integer, Position> expected, RuntimeException failure) {
        if (batch.size() == 1) {
            if (batch.withoutStandIns().isEmpty()) {
                throw failure;
            }
            setAside(batch, expected, failure);
            return;
        }
        int middle = batch.size() / 2;
        apply(batch.part(0, middle), expected);
        apply(batch.part(middle, batch.size()), expected);
    }

    private void applyWhole(Batch batch, Map<Integer, Position> expected) {
        Rejections rejections = new Rejections();
        Batch usable = batch.withoutStandIns();
        W work = handler.reduce(usable, rejections);
        List<DeadLetter> letters = new ArrayList<>();
        rejections
                .all()
                .forEach(rejection -> letters.add(
                        DeadLetter.of(usable.record(rejection.index()), rejection.reason(), rejection.error())));
        batch.oversized().forEach(left -> letters.add(DeadLetter.of(left.standIn(), left.batch())));
        publish(letters);
        long leftOut = leftOut(batch, expected);
        finish(batch, expected, write(batch, () -> {
            Tally tally = Tally.of(
                    usable.size() + leftOut,
                    handler.write(work),
                    rejections.all().size() + leftOut);
            positions.move(expected, batch.spans(), tally);
            return tally;
        }));
    }

    /** A rollback on a connection that is gone hides why it is gone, so the failure is looked at inside, too. */
    private Tally write(Batch batch, Supplier<Tally> work) {
        try {
            return transaction.execute(status -> {
                try {
                    return work.get();
                } catch (RuntimeException e) {
                    askForFewer(batch, e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            askForFewer(batch, e);
            throw e;
        }
    }

    /** Records of batches that were too large, without those that were applied when the limit was higher. */
    private static long leftOut(Batch batch, Map<Integer, Position> expected) {
        return batch.oversized().stream()
                .mapToLong(left ->
                        left.batch().recordsFrom(offset(expected, left.standIn().partition())))
                .sum();
    }

    private static long offset(Map<Integer, Position> positions, int partition) {
        @Nullable Position position = positions.get(partition);
        return position == null ? 0 : position.offset();
    }

    private void setAside(Batch one, Map<Integer, Position> expected, RuntimeException failure) {
        LOG.warn(
                "Setting aside {}-{}@{}: {}",
                one.record(0).topic(),
                one.partition(0),
                one.offset(0),
                failure.toString());
        publish(List.of(
                DeadLetter.of(one.record(0), FailureClassifier.reason(failure), FailureClassifier.error(failure))));
        finish(one, expected, transaction.execute(status -> {
            Tally tally = new Tally(0, 0, 1);
            positions.move(expected, one.spans(), tally);
            return tally;
        }));
    }

    private void finish(Batch batch, Map<Integer, Position> expected, Tally tally) {
        batch.spans().forEach((partition, span) -> {
            Position moved = requireNonNull(expected.get(partition), "where the partition was left")
                    .movedTo(span.next());
            expected.put(partition, moved);
            applied.put(partition, moved);
        });
        metrics.finished(batch, tally);
    }

    /** A batch that comes again after a failure brings the same bad records: they are not sent again. */
    private void publish(List<DeadLetter> letters) {
        List<DeadLetter> unsent = new ArrayList<>(letters);
        unsent.removeIf(letter -> sent.contains(letter.source()));
        if (!unsent.isEmpty()) {
            deadLetters.publish(unsent);
            unsent.forEach(letter -> sent.add(letter.source()));
        }
    }

    private void forgetLetters(int partition, Batch.Span span) {
        sent.removeIf(source -> source.partition() == partition && source.offset() < span.next());
    }

    /** The consumer that brings the batches. */
    interface Reader {

        /** Goes on reading a partition from somewhere else. */
        void seek(int partition, long offset);

        /** The offset of the next record that will be sent to a partition. */
        long end(int partition);
    }
}
