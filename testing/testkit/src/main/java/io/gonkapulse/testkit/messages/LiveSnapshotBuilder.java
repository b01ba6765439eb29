package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a live snapshot. The default is a healthy node with a little work. */
public final class LiveSnapshotBuilder extends SnapshotBuilder<LiveSnapshotBuilder> {

    private NodeStatus status = NodeStatus.HEALTHY;
    private @Nullable String participantStatus = "ACTIVE";
    private @Nullable Long weight = 3_965L;
    private List<String> models = List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8");
    private @Nullable String displayName;
    private @Nullable String gpuType = "H100";
    private @Nullable Long gpuCount = 8L;
    private @Nullable BigDecimal tokensPerSecond;
    private @Nullable Instant jailedUntil;

    LiveSnapshotBuilder() {}

    @Override
    LiveSnapshotBuilder self() {
        return this;
    }

    public LiveSnapshotBuilder status(NodeStatus value) {
        status = value;
        return this;
    }

    /** Sets the status word of the chain. The node's own status follows {@link #status} only. */
    public LiveSnapshotBuilder participantStatus(@Nullable String value) {
        participantStatus = value;
        return this;
    }

    public LiveSnapshotBuilder weight(@Nullable Long value) {
        weight = value;
        return this;
    }

    public LiveSnapshotBuilder model(@Nullable String value) {
        models = value == null ? List.of() : List.of(value);
        return this;
    }

    public LiveSnapshotBuilder models(String... values) {
        models = List.of(values);
        return this;
    }

    public LiveSnapshotBuilder displayName(@Nullable String value) {
        displayName = value;
        return this;
    }

    /** Sets type and number of graphics cards, null if unknown. */
    public LiveSnapshotBuilder gpu(@Nullable String type, @Nullable Long count) {
        gpuType = type;
        gpuCount = count;
        return this;
    }

    public LiveSnapshotBuilder tokensPerSecond(@Nullable BigDecimal value) {
        tokensPerSecond = value;
        return this;
    }

    public LiveSnapshotBuilder jailedUntil(@Nullable Instant value) {
        jailedUntil = value;
        return this;
    }

    public LiveSnapshot build() {
        NodeFacts facts = new NodeFacts(
                participantStatus, weight, models, displayName, gpuType, gpuCount, tokensPerSecond, jailedUntil);
        return new LiveSnapshot(node, epoch, origin(), counters(), status, facts);
    }
}
