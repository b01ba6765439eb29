package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.chain.ChainCalendar;
import io.gonkapulse.networksimulator.chain.EpochStages;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import java.util.List;

/**
 * Writes the active set of an epoch in the form of a chain node's own API. As Go's encoder does, it omits zero and
 * empty values.
 */
public final class ActiveSetResponseWriter {

    /** Enough for the shape of the response: readers ignore validators. */
    private static final int MAX_VALIDATORS = 100;

    private final NetworkModel model;
    private final ChainCalendar calendar;
    private final HashGenerator hashes;

    public ActiveSetResponseWriter(NetworkModel model) {
        this.model = model;
        this.calendar = model.calendar();
        this.hashes = new HashGenerator(model.plan().seed());
    }

    public void writeActiveSet(ChainView view, ParticipantList participantList, JsonDocumentWriter out) {
        out.startObject();
        out.startObject("active_participants");
        out.startArray("participants");
        participantList.forEach(
                view, (number, entryView) -> writeParticipant(model.participant(number), view.epoch(), out));
        out.endArray();
        writeEpoch(calendar.stages(view.epoch()), out);
        out.endObject();
        writeAddresses(view.epoch(), out);
        writeValidators(view.epoch(), out);
        out.startArray("excluded_participants");
        out.endArray();
        out.field("active_participants_bytes", hashes.hex("bytes", view.epoch(), 64));
        writeProof(view.epoch(), out);
        writeBlock(view, out);
        out.endObject();
    }

    private void writeParticipant(SimulatedParticipant participant, long epoch, JsonDocumentWriter out) {
        out.startObject();
        out.field("index", participant.identifier().value());
        out.field("validator_key", participant.validatorKey());
        out.field("weight", model.weight(participant.number(), epoch));
        if (participant.inferenceUrl() != null) {
            out.field("inference_url", participant.inferenceUrl());
        }
        if (!participant.models().isEmpty()) {
            out.startArray("models");
            participant.models().forEach(out::element);
            out.endArray();
        }
        String signature = model.seedSignature(participant.number(), epoch);
        if (signature != null) {
            SharedFieldWriter.writeSeed(participant, epoch, signature, out);
        }
        writeMachines(participant, epoch, out);
        out.endObject();
    }

    /** Writes one inner list per model. A participant without reported machines has one empty inner list. */
    private void writeMachines(SimulatedParticipant participant, long epoch, JsonDocumentWriter out) {
        List<MlNode> machines = model.machines(participant, epoch);
        if (participant.models().isEmpty()) {
            return;
        }
        out.startArray("ml_nodes");
        for (String served : participant.models()) {
            out.startObject();
            List<MlNode> inner = machines.stream()
                    .filter(node -> node.model().equals(served))
                    .toList();
            if (!inner.isEmpty()) {
                out.startArray("ml_nodes");
                inner.forEach(node -> writeMachine(node, out));
                out.endArray();
            }
            out.endObject();
        }
        out.endArray();
    }

    private static void writeMachine(MlNode node, JsonDocumentWriter out) {
        out.startObject();
        out.field("node_id", node.id());
        if (node.weight() != 0) {
            out.field("poc_weight", node.weight());
        }
        out.startArray("timeslot_allocation");
        out.element(true);
        out.element(node.weight() % 2 == 0);
        out.endArray();
        out.endObject();
    }

    private static void writeEpoch(EpochStages stages, JsonDocumentWriter out) {
        out.field("epoch_group_id", stages.epochIndex());
        out.field("poc_start_block_height", stages.pocStart());
        out.field("effective_block_height", stages.pocValidationEnd() + 2);
        out.field("created_at_block_height", stages.pocValidationEnd());
        out.field("epoch_id", stages.epochIndex());
    }

    private void writeAddresses(long epoch, JsonDocumentWriter out) {
        out.startArray("addresses");
        model.members(epoch).limit(MAX_VALIDATORS).forEach(number -> out.element(hashes.hex("address", number, 20)));
        out.endArray();
    }

    private void writeValidators(long epoch, JsonDocumentWriter out) {
        out.startArray("validators");
        model.members(epoch).limit(MAX_VALIDATORS).forEach(number -> {
            out.startObject();
            out.field("address", hashes.hex("address", number, 20));
            out.field("pub_key", model.participant(number).validatorKey());
            out.field("voting_power", model.weight(number, epoch));
            out.field("proposer_priority", (number + 1L) * 7_919);
            out.endObject();
        });
        out.endArray();
    }

    private void writeProof(long epoch, JsonDocumentWriter out) {
        out.startObject("proof_ops");
        out.startArray("ops");
        out.startObject();
        out.field("type", "ics23:iavl");
        out.field("key", hashes.hex("key", epoch, 16));
        out.field("data", hashes.hex("data", epoch, 32));
        out.endObject();
        out.endArray();
        out.endObject();
    }

    private void writeBlock(ChainView view, JsonDocumentWriter out) {
        out.startObject("block");
        out.startObject("header");
        out.field("chain_id", "gonka-simulated");
        out.field("height", calendar.stages(view.epoch()).pocValidationEnd() + 1);
        out.field(
                "time",
                ApiTimeFormatter.formatGo(
                        calendar.blockTime(calendar.stages(view.epoch()).pocValidationEnd() + 1)));
        out.endObject();
        out.endObject();
    }
}
