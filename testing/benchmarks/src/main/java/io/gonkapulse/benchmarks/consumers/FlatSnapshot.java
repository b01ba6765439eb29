package io.gonkapulse.benchmarks.consumers;

import java.math.BigInteger;
import java.time.Instant;

/** The fields of a snapshot as plain databind maps them: standard types, no validation. */
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
