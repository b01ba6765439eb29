package io.gonkapulse.benchmarks.codec;

import java.math.BigInteger;
import java.time.Instant;

/** The same fields as plain databind would have them: no types of our own, nothing checked. */
public record FlatSnapshot(
        int v,
        String kind,
        String node,
        long epoch,
        Instant observedAt,
        BigInteger earned,
        long inferences,
        long missed,
        Instant fetchedAt,
        String tracker,
        String poll,
        Long height,
        long validated,
        long invalidated,
        String status,
        String participantStatus,
        Long weight,
        String model,
        String gpuType,
        Long gpuCount) {}
