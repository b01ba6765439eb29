package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.time.Instant;
import java.util.Optional;

/**
 * A settlement as known at some instant, and when its turns came.
 *
 * @param claimedAt empty while it is not claimed
 * @param forfeitedAt empty while it is not forfeited
 */
public record SettlementTruth(
        NodeIdentifier node,
        SimulatedSettlement settlement,
        long height,
        Instant settledAt,
        Optional<Instant> claimedAt,
        Optional<Instant> forfeitedAt) {}
