package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The constant properties of a participant.
 *
 * @param bonded whether it has a validator; without one its jail status is unknown
 * @param healthChecked whether trackers check its health
 * @param jailedUntil1970 whether its unset {@code jailed_until} is the start of 1970
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
