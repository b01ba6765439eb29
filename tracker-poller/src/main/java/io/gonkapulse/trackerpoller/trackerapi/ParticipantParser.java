package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.MessageLimits.OutOfBoundsException;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.EpochParticipant;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse.ParticipantEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.util.Optional;
import java.util.function.BiFunction;

/** Parses participants; a malformed entry is skipped alone. */
public final class ParticipantParser {

    /** Longer than any address, so that truncation cannot produce a valid one. */
    private static final int MAX_ADDRESS_LENGTH = 200;

    private ParticipantParser() {}

    /** The node of an entry; empty when it has no valid address. */
    public static Optional<NodeIdentifier> parseNode(JsonEntry entry) {
        try {
            String address = entry.text("index", MAX_ADDRESS_LENGTH);
            return address == null ? Optional.empty() : Optional.of(NodeIdentifier.parse(address));
        } catch (IllegalArgumentException | MalformedValueException e) {
            return Optional.empty();
        }
    }

    public static ParticipantEntry parse(
            JsonEntry entry, BiFunction<NodeIdentifier, JsonEntry, EpochParticipant> reader) {
        try {
            entry.requireValid();
            Optional<NodeIdentifier> node = parseNode(entry);
            return node.isEmpty() ? SkipReason.BAD_IDENTIFIER : reader.apply(node.get(), entry);
        } catch (OutOfBoundsException e) {
            return SkipReason.OUT_OF_BOUNDS;
        } catch (MalformedValueException e) {
            return SkipReason.MALFORMED;
        }
    }
}
