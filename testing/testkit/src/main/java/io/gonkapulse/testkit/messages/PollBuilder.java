package io.gonkapulse.testkit.messages;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.TrackerName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a poll. The default is a successful poll of the current epoch. */
public final class PollBuilder {

    private String tracker = "tracker";
    private String id = "poll-1";
    private Poll.Purpose purpose = Poll.Purpose.CURRENT;
    private Duration interval = Duration.ofMinutes(1);
    private Instant startedAt = Instant.parse("2025-12-08T13:56:58Z");
    private Poll.Outcome outcome = Poll.Outcome.OK;
    private @Nullable String error;
    private Poll.Counts counts = new Poll.Counts(500, Map.of());
    private NetworkFacts network = new NetworkFacts(
            105L,
            1_634_323L,
            Instant.parse("2025-12-08T13:56:28.426061722Z"),
            "Inference",
            false,
            new BigDecimal("6.02"),
            1_642_801L);

    PollBuilder() {}

    public PollBuilder tracker(String value) {
        tracker = value;
        return this;
    }

    public PollBuilder id(String value) {
        id = value;
        return this;
    }

    public PollBuilder purpose(Poll.Purpose value) {
        purpose = value;
        return this;
    }

    public PollBuilder interval(Duration value) {
        interval = value;
        return this;
    }

    public PollBuilder startedAt(Instant value) {
        startedAt = value;
        return this;
    }

    /** A failed poll publishes no snapshot and reports no network facts. */
    public PollBuilder failed(String reason) {
        outcome = Poll.Outcome.FAILED;
        error = reason;
        counts = new Poll.Counts(0, Map.of());
        network = NetworkFacts.NONE;
        return this;
    }

    /** Sets the outcome only: combine it with {@link #counts} where both matter. */
    public PollBuilder outcome(Poll.Outcome value) {
        outcome = value;
        return this;
    }

    /** Sets the number of published snapshots and of skipped participants by reason. */
    public PollBuilder counts(long published, Map<String, Long> skipped) {
        counts = new Poll.Counts(published, skipped);
        return this;
    }

    public PollBuilder network(NetworkFacts value) {
        network = value;
        return this;
    }

    public Poll build() {
        return new Poll(
                new TrackerName(tracker),
                id,
                "gonka-tracker",
                purpose,
                "poller-1",
                "http://127.0.0.1:9101",
                interval,
                startedAt,
                new Poll.Stages(Duration.ofMillis(420), Duration.ofMillis(9), Duration.ofMillis(12)),
                outcome,
                error,
                counts,
                network);
    }
}
