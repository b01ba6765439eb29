package io.gonkapulse.earningsaggregator.rebuild;

import io.gonkapulse.earningsaggregator.ledger.FactReader;
import io.gonkapulse.earningsaggregator.store.AdoptedDays;
import io.gonkapulse.earningsaggregator.store.AppliedOffsets;
import io.gonkapulse.earningsaggregator.store.AppliedOffsetsRepository;
import io.gonkapulse.earningsaggregator.store.Comparison;
import io.gonkapulse.earningsaggregator.store.KeptSums;
import io.gonkapulse.earningsaggregator.store.LedgerComparison;
import io.gonkapulse.earningsaggregator.store.Shadow;
import io.gonkapulse.earningsaggregator.store.Swap;
import io.gonkapulse.earningsaggregator.store.SwapLock;
import io.gonkapulse.workercore.intake.TopicIdReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rebuild on one connection: reads the topic up to where the live consumer stands, then holds the live consumer off,
 * reads the rest, makes the history of the shadow, compares, and puts it in place. Readers see the one or the other.
 */
final class Rebuild {

    private static final long CLOSE_ENOUGH = 20_000;
    private static final int MOST_ROUNDS = 10;

    private static final String FORCE =
            "Nothing was changed. Days from which on it has every record can be rebuilt with --from DATE --force";

    private static final String TAKE_ITS_TIME = "set local idle_in_transaction_session_timeout = 0";

    private final Connection connection;
    private final SnapshotTopic topic;
    private final AppliedOffsets nobody;
    private final RebuildRequest request;
    private final Progress progress;
    private final int mostKeys;
    private final FactReader reader = new FactReader();
    private final AppliedOffsetsRepository offsets = new AppliedOffsetsRepository();
    private final Map<Integer, Long> position;
    private final Optional<UUID> topicId;
    private final Shadow shadow;
    private SnapshotTopic.Reading reading = SnapshotTopic.Reading.NOTHING;

    /** @param nobody the group and the topic, without offsets */
    Rebuild(
            Connection connection,
            SnapshotTopic topic,
            AppliedOffsets nobody,
            RebuildRequest request,
            Progress progress,
            int mostKeys)
            throws SQLException {
        this.connection = connection;
        this.topic = topic;
        this.nobody = nobody;
        this.request = request;
        this.progress = progress;
        this.mostKeys = mostKeys;
        this.position = new HashMap<>(topic.beginning());
        this.topicId = topic.id();
        this.shadow = Shadow.ofLedger(connection);
    }

    RebuildReport run(LocalDate today, Findings findings) throws SQLException {
        requireNotCompacted();
        @Nullable LocalDate provable = new Provable(topic).firstDay();
        catchUp();
        @Nullable LocalDate rolledUp = rollUpAhead(provable);
        connection.setAutoCommit(false);
        takeItsTime();
        progress.say("caught up; the live consumer waits from here on");
        SwapLock.take(connection);
        Map<Integer, Long> to = target();
        read(to);
        @Nullable LocalDate from = provable == null ? null : firstDay(provable);
        if (from == null) {
            connection.rollback();
            return report(null, false, Comparison.Counts.NONE, AdoptedDays.NONE, findings);
        }
        if (from.equals(rolledUp) && isAllFrom(from)) {
            shadow.rollUpChanges();
            shadow.takeRealKeys();
        } else {
            shadow.takeRealKeys();
            shadow.keepBefore(from);
            shadow.rollUp();
        }
        return finish(from, to, today, findings);
    }

    /** Its transaction stands still while the topic is read. */
    private void takeItsTime() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE_ITS_TIME);
        }
    }

    /** The live consumer need not wait for what is only made again where something changes meanwhile. */
    private @Nullable LocalDate rollUpAhead(@Nullable LocalDate provable) throws SQLException {
        @Nullable LocalDate from = provable == null ? null : firstDay(provable);
        if (from == null || !isAllFrom(from)) {
            return null;
        }
        progress.say("read; making the history");
        shadow.rollUp();
        catchUp();
        shadow.rollUpChanges();
        return from;
    }

    /** Neither the topic nor the real ledger speaks of a day before. */
    private boolean isAllFrom(LocalDate day) throws SQLException {
        return Optional.of(day).equals(shadow.firstDay()) && !shadow.isAnythingBefore(day);
    }

    private RebuildReport finish(LocalDate from, Map<Integer, Long> to, LocalDate today, Findings findings)
            throws SQLException {
        progress.say("made; comparing");
        AdoptedDays adopted = shadow.addAdopted();
        Comparison comparison = new Comparison(connection, from);
        Comparison.Counts counts = comparison.count();
        comparison.list(counts.isAllNew() ? Findings.KEPT : Long.MAX_VALUE, findings::day);
        new LedgerComparison(connection, from).list(findings::beneath);
        KeptSums.wrongTotals(connection).forEach(findings::beneath);
        KeptSums.wrongDays(connection).forEach(findings::beneath);
        if (request.dryRun()) {
            connection.rollback();
        } else {
            progress.say("compared; putting it in place");
            new Swap(connection, from).run(shadow, today);
            offsets.begin(connection, new AppliedOffsets(nobody.group(), nobody.topic(), to, topicIds(to)));
            connection.commit();
        }
        return report(from, !request.dryRun(), counts, adopted, findings);
    }

    private RebuildReport report(
            @Nullable LocalDate from,
            boolean swapped,
            Comparison.Counts counts,
            AdoptedDays adopted,
            Findings findings) {
        return new RebuildReport(
                from,
                swapped,
                progress.records(),
                counts,
                adopted,
                findings.largest(),
                findings.beneath(),
                findings.examples());
    }

    /** Until the rest is small enough to be read while the live consumer waits. */
    private void catchUp() throws SQLException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Map<Integer, Long> to = target();
            if (round > 0 && distance(to) < CLOSE_ENOUGH) {
                return;
            }
            read(to);
        }
    }

    private void read(Map<Integer, Long> to) {
        progress.expect(distance(to));
        try (Spill spill = new Spill(shadow)) {
            reading = reading.plus(
                    topic.read(position, to, () -> new ReducingSink(reader, mostKeys, spill::take, progress)));
        }
        requireWhole();
        position.putAll(to);
    }

    private void requireNotCompacted() {
        String policy = topic.cleanupPolicy().orElse("");
        if (policy.contains("compact") && !request.force()) {
            throw new RebuildRefusedException("The topic " + nobody.topic() + " has cleanup.policy=" + policy
                    + ", so it keeps only the newest record of a node: a rebuild would delete the history that it has"
                    + " forgotten. " + FORCE);
        }
    }

    /** The policy may have been another one for a while. */
    private void requireWhole() {
        if (reading.records() < reading.offsets() && !request.force()) {
            throw new RebuildRefusedException("The topic " + nobody.topic() + " has " + reading.records()
                    + " records where its offsets say " + reading.offsets() + ": it was compacted, and a rebuild would"
                    + " delete the history that it has forgotten. " + FORCE);
        }
    }

    /** Where the live consumer stands; a partition that it has not begun is read to its end. */
    private Map<Integer, Long> target() throws SQLException {
        AppliedOffsets kept = offsets.read(connection, nobody.group(), nobody.topic());
        kept.topicIds().forEach(this::requireSameTopic);
        Map<Integer, Long> applied = kept.next();
        Map<Integer, Long> to = new HashMap<>(topic.end());
        applied.forEach((partition, next) -> requireInTopic(partition, next, to.getOrDefault(partition, 0L)));
        to.putAll(applied);
        return to;
    }

    /** The kept positions count records of another topic until the live consumer has begun this one. */
    private void requireSameTopic(int partition, UUID applied) {
        topicId.filter(id -> !id.equals(applied)).ifPresent(id -> {
            throw new RebuildRefusedException("Partition " + partition + " was applied from the topic with id "
                    + TopicIdReader.printed(applied) + ", but " + nobody.topic() + " has the id "
                    + TopicIdReader.printed(id) + ": it was made anew. Start the earnings-aggregator, which reads it"
                    + " from its first record, and rebuild then. Nothing was changed");
        });
    }

    private Map<Integer, UUID> topicIds(Map<Integer, Long> partitions) {
        Map<Integer, UUID> ids = new HashMap<>();
        topicId.ifPresent(id -> partitions.keySet().forEach(partition -> ids.put(partition, id)));
        return ids;
    }

    private static void requireInTopic(int partition, long next, long end) {
        if (next > end) {
            throw new RebuildRefusedException("Partition " + partition + " was applied up to offset " + next
                    + ", but ends at " + end + ": this is not the topic that was applied. After a move to another"
                    + " cluster the positions in consumer_offsets begin at 0");
        }
    }

    private long distance(Map<Integer, Long> to) {
        return to.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - position.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** Before its first fact the topic says nothing: neither that there were earnings nor that there were none. */
    private @Nullable LocalDate firstDay(LocalDate provable) throws SQLException {
        LocalDate first = shadow.firstDay().orElse(null);
        if (first == null) {
            return null;
        }
        LocalDate day = later(provable, first);
        return request.from() == null ? day : later(day, request.from());
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
