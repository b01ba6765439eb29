package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.testkit.network.json.JsonOut;
import io.gonkapulse.testkit.network.model.Participant;

/** The seed that a participant committed to for an epoch. */
final class SeedFields {

    private SeedFields() {}

    static void write(Participant participant, long epoch, String signature, JsonOut out) {
        out.startObject("seed");
        out.field("participant", participant.identifier().value());
        out.field("epoch_index", epoch);
        out.field("signature", signature);
        out.endObject();
    }
}
