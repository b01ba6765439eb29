package io.gonkapulse.testkit.network.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What does not change about a participant.
 *
 * @param bonded whether it has a validator; without one nothing is known about jail
 * @param checked whether its health is looked at
 * @param jailedUntilEpochStart whether "never jailed" is spelled 1970 for it
 */
public record Participant(
        int number,
        NodeIdentifier identifier,
        String validatorKey,
        @Nullable String moniker,
        @Nullable String inferenceUrl,
        List<String> models,
        boolean bonded,
        boolean checked,
        boolean jailedUntilEpochStart) {}
