package io.gonkapulse.jobrecorder.ownwork;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.job.JobStage.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Turns a poll into the events of a job. The same poll gives the same events. */
final class PollJobFactory {

    private final JsonMapper json = new JsonMapper();

    /** The list of the stages, and the end. */
    List<JobEvent> events(Poll poll) {
        Poll.Stages durations = poll.stages();
        long elapsed = durations
                .fetch()
                .plus(durations.parse())
                .plus(durations.publish())
                .toMillis();
        boolean succeeded = poll.outcome() == Poll.Outcome.OK || poll.outcome() == Poll.Outcome.PARTIAL;
        JobError error = succeeded ? null : new JobError(word(poll.outcome()), poll.error(), null);
        JobEventType end = succeeded ? JobEventType.SUCCEEDED : JobEventType.FAILED;
        Instant at = poll.startedAt().plusMillis(elapsed);
        JobAttempt attempt = new JobAttempt(1, poll.startedAt(), poll.startedAt(), null, elapsed);
        return List.of(
                event(poll, JobEventType.STAGES, at, attempt, details(stages(poll, succeeded), null, null, null)),
                event(poll, end, at, attempt, details(List.of(), meta(poll), result(poll), error)));
    }

    private static JobEvent event(
            Poll poll, JobEventType type, Instant at, JobAttempt attempt, JobEventDetails details) {
        return new JobEvent(
                DerivedJobId.of(poll.startedAt(), poll.tracker().value(), poll.pollId()),
                type,
                at,
                new JobEventOrigin("tracker-poller", null, null, Reporter.EXECUTOR),
                new JobDescription(botOf(poll.purpose()), null, null, null),
                attempt,
                details);
    }

    private static String botOf(Poll.Purpose purpose) {
        return switch (purpose) {
            case CURRENT -> "tracker.poll";
            case SETTLEMENT -> "tracker.settlement";
            case BACKFILL -> "tracker.backfill";
        };
    }

    private static JobEventDetails details(
            List<JobStage> stages, @Nullable String meta, @Nullable String result, @Nullable JobError error) {
        return new JobEventDetails(null, stages, meta, result, null, error, null);
    }

    /** The stages follow one another. A failed poll failed in the last one that took time. */
    private static List<JobStage> stages(Poll poll, boolean succeeded) {
        List<String> names = List.of("fetch", "parse", "publish");
        List<Duration> durations = List.of(
                poll.stages().fetch(), poll.stages().parse(), poll.stages().publish());
        int last = names.size() - 1;
        while (!succeeded && last > 0 && durations.get(last).isZero()) {
            last--;
        }
        List<JobStage> stages = new ArrayList<>();
        Instant start = poll.startedAt();
        for (int i = 0; i <= last; i++) {
            Status status = succeeded || i < last ? Status.SUCCEED : Status.FAIL;
            stages.add(new JobStage(
                    i + 1, names.get(i), status, start, durations.get(i).toMillis(), null, null));
            start = start.plus(durations.get(i));
        }
        return stages;
    }

    private String meta(Poll poll) {
        Map<String, Object> meta = new TreeMap<>();
        meta.put("tracker", poll.tracker().value());
        meta.put("pollId", poll.pollId());
        meta.put("kind", poll.kind());
        return json.writeValueAsString(meta);
    }

    private String result(Poll poll) {
        Map<String, Object> result = new TreeMap<>();
        result.put("outcome", word(poll.outcome()));
        result.put("published", poll.counts().published());
        if (!poll.counts().skipped().isEmpty()) {
            result.put("skipped", poll.counts().skipped());
        }
        return json.writeValueAsString(result);
    }

    private static String word(Poll.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
