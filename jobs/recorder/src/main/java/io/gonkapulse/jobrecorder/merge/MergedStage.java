package io.gonkapulse.jobrecorder.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.jobrecorder.merge.StageReport.StageEnd;
import io.gonkapulse.jobrecorder.merge.StageReport.StageId;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One stage of an attempt: the join of all its reports. */
final class MergedStage {

    private final StageId id;
    private int shard;
    private String botId;
    private String name;
    private @Nullable Instant startedAt;
    private @Nullable KeyedValue<EventKey, StageEnd> end;
    private @Nullable KeyedValue<UpdateKey, String> meta;

    MergedStage(StageReport first, int shard) {
        this.id = first.id();
        this.shard = shard;
        this.botId = first.botId();
        this.name = first.name();
    }

    void add(StageReport report, RecordedEvent recorded, int eventShard) {
        shard = Math.min(shard, eventShard);
        // Honest producers never differ here; a rule is needed anyway.
        botId = larger(botId, report.botId());
        name = larger(name, report.name());
        startedAt = Times.earlier(startedAt, report.startedAt());
        end = KeyedValue.first(end, recorded.key(), report.end());
        meta = UpdateKey.newer(meta, recorded, report.meta());
    }

    /** By bytes, as the database compares. */
    private static String larger(String kept, String added) {
        return kept.equals(added) || Arrays.compareUnsigned(kept.getBytes(UTF_8), added.getBytes(UTF_8)) > 0
                ? kept
                : added;
    }

    StageId id() {
        return id;
    }

    int shard() {
        return shard;
    }

    String botId() {
        return botId;
    }

    String name() {
        return name;
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    KeyedValue<EventKey, StageEnd> end() {
        return end;
    }

    @Nullable
    KeyedValue<UpdateKey, String> meta() {
        return meta;
    }
}
