package io.gonkapulse.testkit.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the events of one job as records: with missing fields, delays and repetitions. */
final class JobEventWriter {

    /** What the recorder assumes by default. */
    static final Duration DEFAULT_LEASE = Duration.ofHours(24);

    /** From the end of a lease until the recorder reports the job as lost. */
    static final long MAX_LOST_DELAY_MILLIS = 63_000;

    private static final long MIN_LOST_DELAY_MILLIS = 60_001;

    private static final SimulatedProducer RECORDER =
            new SimulatedProducer("job-recorder", null, SimulatedClock.EXACT, false);

    private static final JobEventCodec CODEC = new JobEventCodec();

    private final RandomValues random;
    private final UUID id;
    private final JobDescription description;
    private final int partitions;
    private final boolean isSparse;
    private final Set<Trait> traits;
    private final List<Written> written = new ArrayList<>();
    private @Nullable String otherBotDue;
    private boolean isBotKnown;

    JobEventWriter(RandomValues random, UUID id, JobDescription description, int partitions, Set<Trait> traits) {
        this.random = random;
        this.id = id;
        this.description = description;
        this.partitions = partitions;
        this.isSparse = traits.contains(Trait.SPARSE);
        this.traits = traits;
    }

    /** One of the next events names another bot. */
    void nameOtherBot(String botId) {
        otherBotDue = botId;
    }

    /** @param trueMillis when it happened */
    void write(
            SimulatedProducer producer,
            long trueMillis,
            JobEventType type,
            JobAttempt attempt,
            JobEventDetails details) {
        write(producer, trueMillis, Reporter.EXECUTOR, description(), type, attempt, details);
    }

    /** Reports that the queue canceled the job. */
    void writeCanceledByQueue(SimulatedProducer queue, long trueMillis, JobAttempt attempt, JobEventDetails details) {
        write(queue, trueMillis, Reporter.QUEUE, description(), JobEventType.CANCELED, attempt, details);
    }

    /** Writes an event whose producer knows nothing of the job but its id. */
    void writeForeign(
            SimulatedProducer producer,
            long trueMillis,
            JobDescription known,
            JobEventType type,
            JobAttempt attempt,
            JobEventDetails details) {
        write(producer, trueMillis, Reporter.EXECUTOR, known, type, attempt, details);
    }

    private void write(
            SimulatedProducer producer,
            long trueMillis,
            Reporter by,
            JobDescription known,
            JobEventType type,
            JobAttempt attempt,
            JobEventDetails details) {
        var event = new JobEvent(
                id,
                type,
                producer.read(trueMillis),
                origin(producer.nextOrigin(by)),
                known,
                reduce(attempt),
                reduce(type, details));
        boolean isDelayed = type != JobEventType.LOST && type != JobEventType.PURGED;
        long recordMillis = producer.sendMillis(trueMillis) + (isDelayed ? delay() : 1);
        String json = new String(CODEC.encode(event), UTF_8);
        if (isSparse) {
            // The codec writes the number of the first attempt, which other producers leave out.
            json = json.replace(",\"attempt\":1,", ",").replace(",\"attempt\":1}", "}");
        }
        add(json, event, recordMillis);
        if (random.chance(2)) {
            traits.add(Trait.REPEATED_RECORD);
            add(json, event, recordMillis + random.between(5, 30_000));
        }
    }

    private void add(String json, JobEvent event, long recordMillis) {
        String key = id.toString();
        var record = new SimulatedRecord(key, json, recordMillis, SimulatedRecord.partitionOf(key, partitions));
        written.add(new Written(event, record));
    }

    private long delay() {
        int percent = random.betweenInts(1, 100);
        if (percent <= 94) {
            return random.between(0, 40);
        }
        traits.add(Trait.LATE_EVENT);
        return percent <= 98 ? random.between(1_000, 60_000) : random.between(60_000, 7_200_000);
    }

    /** When the lease of an attempt ends by the records that were appended before; null without a sign of life. */
    @Nullable
    Long leaseUntil(int attempt, long beforeMillis) {
        return written.stream()
                .filter(one -> one.event().attempt().number() == attempt
                        && one.event().type().impliesRunning()
                        && one.record().recordMillis() < beforeMillis)
                .map(Written::leaseUntil)
                .max(Long::compareTo)
                .orElse(null);
    }

    /** The recorder reports the attempt as lost a little more than a minute after the end of its lease. */
    void writeLost(int attempt, long leaseUntil) {
        write(
                RECORDER,
                leaseUntil + random.between(MIN_LOST_DELAY_MILLIS, MAX_LOST_DELAY_MILLIS),
                JobEventType.LOST,
                new JobAttempt(attempt, null, null, null, null),
                EventDetails.leaseUntil(Instant.ofEpochMilli(leaseUntil)));
    }

    List<SimulatedRecord> records() {
        return written.stream().map(Written::record).toList();
    }

    /** Whether an event of an older attempt was appended after one of a newer attempt. */
    boolean isOldAttemptLate() {
        return written.stream()
                .filter(Written::isOfWorker)
                .anyMatch(old -> written.stream()
                        .filter(Written::isOfWorker)
                        .anyMatch(newer -> old.event().attempt().number()
                                        < newer.event().attempt().number()
                                && old.record().recordMillis() > newer.record().recordMillis()));
    }

    private JobEventOrigin origin(JobEventOrigin origin) {
        return new JobEventOrigin(origin.source(), maybe(origin.incarnation()), maybe(origin.seq()), origin.by());
    }

    private JobDescription description() {
        String botId = maybe(description.botId());
        if (botId != null && isBotKnown && otherBotDue != null) {
            botId = otherBotDue;
            otherBotDue = null;
            traits.add(Trait.BOTS_DIFFER);
        }
        isBotKnown |= botId != null;
        return new JobDescription(
                botId, maybe(description.createdBy()), maybe(description.parentId()), maybe(description.trace()));
    }

    private JobAttempt reduce(JobAttempt attempt) {
        return new JobAttempt(
                attempt.number(),
                maybe(attempt.acceptedAt()),
                maybe(attempt.startedAt()),
                maybe(attempt.leaseMillis()),
                maybe(attempt.elapsedMillis()));
    }

    private JobEventDetails reduce(JobEventType type, JobEventDetails details) {
        return new JobEventDetails(
                details.stage() == null ? null : reduce(details.stage()),
                details.stages().stream().map(this::reduce).toList(),
                maybe(details.meta()),
                maybe(details.result()),
                maybe(details.progress()),
                maybe(details.error()),
                type == JobEventType.LOST ? details.leaseUntil() : null);
    }

    /** The number stays: without it in some events only, one stage would become two. */
    private JobStage reduce(JobStage stage) {
        return new JobStage(
                isSparse ? null : stage.no(),
                stage.name(),
                stage.status(),
                maybe(stage.startedAt()),
                maybe(stage.durationMillis()),
                maybe(stage.meta()),
                maybe(stage.error()));
    }

    /** An optional value. */
    private <T> @Nullable T maybe(@Nullable T value) {
        return isSparse || random.chance(12) ? null : value;
    }

    private record Written(JobEvent event, SimulatedRecord record) {

        long leaseUntil() {
            Long lease = event.attempt().leaseMillis();
            return record.recordMillis() + (lease == null ? DEFAULT_LEASE.toMillis() : lease);
        }

        boolean isOfWorker() {
            return event.type().impliesRunning()
                    || (event.type().isOutcome() && event.origin().by() == Reporter.EXECUTOR);
        }
    }
}
