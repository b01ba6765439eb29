package io.gonkapulse.testkit.workload;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for the stages of one attempt. */
final class ReferenceStageModel {

    private static final Comparator<ReferenceStage> VISIBLE_ORDER = comparing(
                    ReferenceStage::no, nullsLast(naturalOrder()))
            .thenComparing(ReferenceStage::startedAt, nullsLast(naturalOrder()))
            .thenComparing(ReferenceStage::name)
            .thenComparing(ReferenceStage::endedAt, nullsLast(naturalOrder()));

    private ReferenceStageModel() {}

    /** Stages that only uncounted single events report are hidden once the attempt has a complete list. */
    static List<ReferenceStage> stages(List<ReferenceEvent> newest) {
        boolean isListed = newest.stream().anyMatch(one -> one.type() == JobEventType.STAGES);
        return newest.stream()
                .flatMap(ReferenceStageModel::reports)
                .filter(report -> report.no() != null || !isListed)
                .collect(groupingBy(Report::key))
                .values()
                .stream()
                .map(ReferenceStageModel::merge)
                .sorted(VISIBLE_ORDER)
                .toList();
    }

    private static ReferenceStage merge(List<Report> reports) {
        Report oldest = reports.stream()
                .min(comparing(Report::event, ReferenceEvent.BY_TIME))
                .orElseThrow();
        Instant start = reports.stream()
                .map(Report::start)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
        Report end = reports.stream()
                .filter(report -> report.end() != null)
                .min(comparing(Report::event, ReferenceEvent.BY_TIME))
                .orElse(null);
        String meta = reports.stream()
                .filter(report -> ReferenceFactsModel.hasContent(report.stage().meta()))
                .max(comparing(Report::event, ReferenceEvent.BY_UPDATE))
                .map(report -> report.stage().meta())
                .orElse(null);
        return new ReferenceStage(
                oldest.no(),
                oldest.stage().name(),
                end == null ? JobStage.Status.RUNNING : end.status(),
                ReferenceTimes.toMicros(start),
                end == null ? null : ReferenceTimes.toMicros(end.end()),
                end == null ? null : end.stage().durationMillis(),
                meta,
                end == null ? null : end.stage().error());
    }

    private static Stream<Report> reports(ReferenceEvent one) {
        if (one.type() == JobEventType.STAGES) {
            return listed(one).stream();
        }
        return one.type().isStage() ? Stream.of(single(one)) : Stream.empty();
    }

    private static List<Report> listed(ReferenceEvent one) {
        List<Report> reports = new ArrayList<>();
        int position = 0;
        for (JobStage stage : one.event().details().stages()) {
            position++;
            int no = stage.no() == null ? position : stage.no();
            Instant start = stage.startedAt();
            Instant end = start == null || stage.durationMillis() == null
                    ? one.at()
                    : start.plusMillis(stage.durationMillis());
            boolean isRunning = stage.status() == JobStage.Status.RUNNING;
            reports.add(new Report(one, no, stage, stage.status(), start, isRunning ? null : end));
        }
        return reports;
    }

    private static Report single(ReferenceEvent one) {
        JobStage stage = requireNonNull(one.event().details().stage());
        Instant start = stage.startedAt();
        if (one.type() == JobEventType.STAGE_STARTED) {
            Instant known = start == null ? one.at() : start;
            return new Report(one, stage.no(), stage, JobStage.Status.RUNNING, known, null);
        }
        if (start == null && stage.durationMillis() != null) {
            start = one.at().minusMillis(stage.durationMillis());
        }
        JobStage.Status status =
                one.type() == JobEventType.STAGE_SUCCEEDED ? JobStage.Status.SUCCEED : JobStage.Status.FAIL;
        return new Report(one, stage.no(), stage, status, start, one.at());
    }

    /**
     * What one event says about one stage.
     *
     * @param no null if uncounted
     */
    private record Report(
            ReferenceEvent event,
            @Nullable Integer no,
            JobStage stage,
            JobStage.Status status,
            @Nullable Instant start,
            @Nullable Instant end) {

        /** Uncounted stages are the same if they have the same name and start. */
        List<Object> key() {
            if (no != null) {
                return List.of(no);
            }
            return List.of(stage.name(), start == null ? event.at() : start);
        }
    }
}
