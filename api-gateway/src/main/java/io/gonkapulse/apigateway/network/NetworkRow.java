package io.gonkapulse.apigateway.network;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregated network data; null if unknown. */
record NetworkRow(
        @Nullable Long epoch,
        @Nullable Long height,
        @Nullable Instant blockTime,
        @Nullable Boolean catchingUp,
        @Nullable BigDecimal avgBlockSeconds,
        @Nullable Long nextEpochHeight,
        @Nullable Instant updatedAt,
        @Nullable Long participants,
        @Nullable Long healthy,
        @Nullable Long jailed,
        @Nullable Long unhealthy,
        @Nullable Long offline,
        @Nullable Long gpus,
        List<String> models) {}
