package io.gonkapulse.benchmarks.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLoadTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final List<JobEventType> EVENTS = List.of(
            JobEventType.ACCEPTED,
            JobEventType.STARTED,
            JobEventType.STAGE_STARTED,
            JobEventType.STAGE_SUCCEEDED,
            JobEventType.STAGE_STARTED,
            JobEventType.STAGE_SUCCEEDED,
            JobEventType.STAGE_STARTED,
            JobEventType.STAGE_SUCCEEDED,
            JobEventType.SUCCEEDED);

    private final JobEventCodec codec = new JobEventCodec();

    /** Every event is valid, and those of a job come in their order. */
    @Test
    void sendsEventsInOrder() {
        JobLoad load = new JobLoad(InstantSource.fixed(NOW), 900);
        Map<UUID, List<JobEventType>> jobs = new LinkedHashMap<>();

        for (int i = 0; i < 9_000; i++) {
            JobEvent event = codec.decode(load.next().value(), NOW.toEpochMilli());
            jobs.computeIfAbsent(event.jobId(), id -> new ArrayList<>()).add(event.type());
        }

        assertThat(jobs).hasSizeGreaterThan(1_000);
        assertThat(jobs.values())
                .allSatisfy(events -> assertThat(events.subList(0, Math.min(events.size(), 8)))
                        .isEqualTo(EVENTS.subList(0, Math.min(events.size(), 8))));
        assertThat(jobs.values()).contains(EVENTS);
    }

    @Test
    void sizesMeta() {
        JobEvent started = new SyntheticJob(1, NOW, 1_000).event(1);

        assertThat(started.details().meta()).hasSizeBetween(1_000, 1_010);
    }

    @Test
    void spreadsIds() {
        Set<UUID> ids = new HashSet<>();
        IntStream.range(0, 100_000)
                .mapToObj(number -> new SyntheticJob(number, NOW, 0).id())
                .forEach(ids::add);

        assertThat(ids).hasSize(100_000).allMatch(id -> id.version() == 7 && id.variant() == 2);
    }
}
