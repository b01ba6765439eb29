package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.SimulatedParticipant;

/** Writes the seed to which a participant committed for an epoch. */
final class SeedFieldWriter {

    private SeedFieldWriter() {}

    static void write(SimulatedParticipant participant, long epoch, String signature, JsonDocumentWriter out) {
        out.startObject("seed");
        out.field("participant", participant.identifier().value());
        out.field("epoch_index", epoch);
        out.field("signature", signature);
        out.endObject();
    }
}
