package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.job.JobStage;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random valid events of jobs, including unusual ones. */
final class RandomJobEvents {

    private final Random random;

    RandomJobEvents(Random random) {
        this.random = random;
    }

    JobEvent event() {
        JobEventType type = oneOf(JobEventType.values());
        boolean lost = type == JobEventType.LOST;
        return new JobEvent(
                type == JobEventType.TICK ? JobEvent.NO_JOB : uuid(),
                type,
                instant(),
                new JobEventOrigin(
                        name(),
                        maybe(this::text),
                        maybe(() -> random.nextLong() & Long.MAX_VALUE),
                        type == JobEventType.CANCELED ? oneOf(Reporter.values()) : Reporter.EXECUTOR),
                new JobDescription(
                        maybe(() -> oneOf("poll", "a.b-c_9", "x".repeat(64))),
                        maybe(() -> new JobCreator(maybe(this::text), maybe(this::text), maybe(this::instant))),
                        maybe(this::uuid),
                        maybe(this::name)),
                new JobAttempt(
                        oneOf(1, 2, JobLimits.MAX_ATTEMPT),
                        maybe(this::instant),
                        maybe(this::instant),
                        maybe(() -> oneOf(1_000L, 30_000L, JobLimits.MAX_LEASE.toMillis())),
                        maybe(this::duration)),
                new JobEventDetails(
                        type.isStage() ? stage() : null,
                        type == JobEventType.STAGES
                                ? Stream.generate(this::stage)
                                        .limit(random.nextInt(4))
                                        .toList()
                                : List.of(),
                        maybe(this::json),
                        maybe(this::json),
                        maybe(this::json),
                        maybe(this::error),
                        lost ? instant() : null));
    }

    private JobStage stage() {
        return new JobStage(
                maybe(() -> oneOf(1, 7, JobLimits.MAX_STAGES)),
                name(),
                oneOf(JobStage.Status.values()),
                maybe(this::instant),
                maybe(this::duration),
                maybe(this::json),
                maybe(this::error));
    }

    private JobError error() {
        return new JobError(maybe(this::text), maybe(this::text), maybe(() -> "x".repeat(JobLimits.MAX_STACK_LENGTH)));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private long duration() {
        return oneOf(0L, 1L, (long) random.nextInt(1_000_000), JobLimits.MAX_DURATION.toMillis());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(
                random.nextLong(1_700_000_000L, 1_800_000_000L), oneOf(0, 1, 999_999_999, 500_000_000));
    }

    private String name() {
        return oneOf("load", "ünï 漢字 🚀", "a \"quoted\" \\ name", "x".repeat(100));
    }

    private String text() {
        return oneOf("", "ops", "line\n\tnext", "ünï 漢字 🚀", "x".repeat(50));
    }

    private String json() {
        return oneOf(
                "{}",
                "{\"rows\":17,\"ratio\":0.5,\"big\":1E+30}",
                "{\"deep\":[{\"a\":null,\"b\":[true,false]},-1],\"ünï\":\"漢字 🚀\"}",
                "{\"text\":\"" + "y".repeat(500) + "\"}");
    }

    private <T> @Nullable T maybe(Supplier<? extends @Nullable T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
