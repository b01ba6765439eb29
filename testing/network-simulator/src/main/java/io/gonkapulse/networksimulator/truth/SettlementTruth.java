package io.gonkapulse.networksimulator.truth;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.time.Instant;
import java.util.Optional;

/**
 * A settlement as known at an instant, with the times of its changes.
 *
 * @param claimedAt empty while unclaimed
 * @param forfeitedAt empty while not forfeited
 */
public record SettlementTruth(
        NodeIdentifier node,
        SimulatedSettlement settlement,
        long height,
        Instant settledAt,
        Optional<Instant> claimedAt,
        Optional<Instant> forfeitedAt) {}
