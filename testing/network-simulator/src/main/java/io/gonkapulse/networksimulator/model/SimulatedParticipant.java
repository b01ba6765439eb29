package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What does not change about a participant.
 *
 * @param bonded whether it has a validator; without one nothing is known about jail
 * @param healthChecked whether its health is looked at
 * @param jailedUntil1970 whether "never jailed" is spelled 1970 for it
 */
public record SimulatedParticipant(
        int number,
        NodeIdentifier identifier,
        String validatorKey,
        @Nullable String moniker,
        @Nullable String inferenceUrl,
        List<String> models,
        boolean bonded,
        boolean healthChecked,
        boolean jailedUntil1970) {}
