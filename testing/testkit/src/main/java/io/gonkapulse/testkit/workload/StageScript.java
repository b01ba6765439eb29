package io.gonkapulse.testkit.workload;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import io.gonkapulse.contracts.job.JobStage.Status;
import io.gonkapulse.testkit.workload.SimulatedJob.RealEnd;
import io.gonkapulse.testkit.workload.SimulatedJob.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans the stages of one attempt and the events about them. */
final class StageScript {

    private static final int MAX_STAGES = 6;

    private final RandomValues random;
    private final SimulatedProducer producer;
    private final Set<Trait> traits;

    StageScript(RandomValues random, SimulatedProducer producer, Set<Trait> traits) {
        this.random = random;
        this.producer = producer;
        this.traits = traits;
    }

    List<PlannedEvent> plan(long start, long finish, RealEnd end) {
        List<RealStage> stages = stages(start, finish, end);
        List<PlannedEvent> events = new ArrayList<>();
        if (stages.isEmpty()) {
            return events;
        }
        boolean isNumbered = random.chance(50);
        boolean hasSingleEvents = isNumbered || random.chance(75);
        boolean hasList = !hasSingleEvents || random.chance(isNumbered ? 15 : 65);
        if (hasSingleEvents) {
            traits.add(isNumbered ? Trait.NUMBERED_STAGES : Trait.UNCOUNTED_STAGES);
            stages.forEach(stage -> events.addAll(singleEvents(stage, isNumbered)));
        }
        if (hasList) {
            traits.add(Trait.LISTED_STAGES);
            boolean isListNumbered = isNumbered || random.chance(30);
            events.add(list(stages, finish, isListNumbered));
            if (random.chance(25)) {
                events.add(list(stages, random.between(start, finish), isListNumbered));
            }
        }
        return events;
    }

    /** Some stages start in the same millisecond, and some overlap. The last one of an open attempt has no end. */
    private List<RealStage> stages(long start, long finish, RealEnd end) {
        int count = random.chance(20) ? 0 : random.betweenInts(1, MAX_STAGES);
        long[] starts = IntStream.range(0, count)
                .mapToLong(i -> random.between(start, finish))
                .sorted()
                .toArray();
        List<RealStage> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i > 0 && random.chance(15)) {
                starts[i] = starts[i - 1];
            }
            boolean isLast = i == count - 1;
            long stageEnd = isLast || random.chance(20) ? finish : starts[i + 1];
            boolean isOpen = isLast && (end == RealEnd.KILLED || end == RealEnd.STILL_RUNNING);
            JobError error = isLast && end == RealEnd.FAILED && random.chance(80) ? random.error() : null;
            String meta = random.chance(30) ? random.json("stage", i) : null;
            String name = random.oneOf("load", "compare", "store") + '-' + (i + 1);
            stages.add(new RealStage(i + 1, name, starts[i], isOpen ? null : (Long) stageEnd, meta, error));
        }
        return stages;
    }

    private List<PlannedEvent> singleEvents(RealStage stage, boolean isNumbered) {
        List<PlannedEvent> events = new ArrayList<>();
        if (random.chance(88)) {
            events.add(new PlannedEvent(
                    stage.start(), JobEventType.STAGE_STARTED, EventDetails.stage(report(stage, false, isNumbered))));
        }
        if (stage.end() != null && random.chance(92)) {
            events.add(endEvent(stage, isNumbered));
            if (random.chance(5)) {
                events.add(endEvent(otherEnd(stage, stage.end()), isNumbered));
            }
        }
        return events;
    }

    private PlannedEvent endEvent(RealStage stage, boolean isNumbered) {
        return new PlannedEvent(
                requireNonNull(stage.end()),
                stage.error() == null ? JobEventType.STAGE_SUCCEEDED : JobEventType.STAGE_FAILED,
                EventDetails.stage(report(stage, true, isNumbered)));
    }

    /** A stage that ended twice. */
    private RealStage otherEnd(RealStage stage, long end) {
        return new RealStage(
                stage.no(),
                stage.name(),
                stage.start(),
                end + random.oneOf(0L, 1L, 1_500L),
                stage.meta(),
                stage.error() == null ? random.error() : null);
    }

    private PlannedEvent list(List<RealStage> stages, long at, boolean isNumbered) {
        List<JobStage> reports = stages.stream()
                .filter(stage -> stage.start() <= at)
                .map(stage -> report(stage, stage.end() != null && stage.end() <= at, isNumbered))
                .toList();
        return new PlannedEvent(at, JobEventType.STAGES, EventDetails.stages(reports));
    }

    private JobStage report(RealStage stage, boolean isEnded, boolean isNumbered) {
        Long end = isEnded ? stage.end() : null;
        Status ended = stage.error() == null ? Status.SUCCEED : Status.FAIL;
        return new JobStage(
                isNumbered ? (Integer) stage.no() : null,
                stage.name(),
                end == null ? Status.RUNNING : ended,
                producer.read(stage.start()),
                end == null ? null : (Long) (end - stage.start()),
                stage.meta(),
                end == null ? null : stage.error());
    }

    private record RealStage(
            int no,
            String name,
            long start,
            @Nullable Long end,
            @Nullable String meta,
            @Nullable JobError error) {}
}
