package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Defaults and setters that live and settled snapshots share. The defaults are of a real response of December 2025,
 * with different values for the two times, so that a test notices a mix-up.
 *
 * @param <B> the builder itself, so that calls can be chained in any order
 */
public abstract sealed class SnapshotBuilder<B extends SnapshotBuilder<B>>
        permits LiveSnapshotBuilder, SettledSnapshotBuilder {

    NodeIdentifier node = TestMessages.node(1);
    long epoch = 105;

    private String tracker = "tracker";
    private String poll = "poll-1";
    private Instant fetchedAt = Instant.parse("2025-12-08T13:56:59Z");
    private Instant observedAt = Instant.parse("2025-12-08T13:56:28.426061722Z");
    private @Nullable Long height = 1_634_323L;
    private Ngonka earned = Ngonka.of(3_805);
    private long inferences = 6;
    private long missed;
    private long validated = 5;
    private long invalidated;

    abstract B self();

    public B node(NodeIdentifier value) {
        node = value;
        return self();
    }

    public B epoch(long value) {
        epoch = value;
        return self();
    }

    public B tracker(String value) {
        tracker = value;
        return self();
    }

    public B poll(String value) {
        poll = value;
        return self();
    }

    /** Sets fetch time and observation time to the same instant. */
    public B at(Instant value) {
        return fetchedAt(value).observedAt(value);
    }

    public B fetchedAt(Instant value) {
        fetchedAt = value;
        return self();
    }

    public B observedAt(Instant value) {
        observedAt = value;
        return self();
    }

    public B height(@Nullable Long value) {
        height = value;
        return self();
    }

    /** Sets the earnings of the epoch in ngonka. */
    public B earned(long ngonka) {
        return earned(Ngonka.of(ngonka));
    }

    public B earned(Ngonka value) {
        earned = value;
        return self();
    }

    public B inferences(long value) {
        inferences = value;
        return self();
    }

    public B missed(long value) {
        missed = value;
        return self();
    }

    public B validated(long value) {
        validated = value;
        return self();
    }

    public B invalidated(long value) {
        invalidated = value;
        return self();
    }

    SnapshotOrigin origin() {
        return new SnapshotOrigin(new TrackerName(tracker), poll, fetchedAt, observedAt, height);
    }

    NodeCounters counters() {
        return new NodeCounters(earned, inferences, missed, validated, invalidated);
    }
}
