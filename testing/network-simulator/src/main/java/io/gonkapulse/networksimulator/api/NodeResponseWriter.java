package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.ChainCalendar.EpochStages;
import io.gonkapulse.networksimulator.model.EpochParameters;
import io.gonkapulse.networksimulator.model.MlNode;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedParticipant;
import java.util.List;

/**
 * Writes a chain node's own API: the active set of an epoch, and the newest epoch. As Go's encoder does, the active
 * set omits zero and empty values.
 */
public final class NodeResponseWriter {

    /** Enough for the shape of the response: readers ignore validators. */
    private static final int MAX_VALIDATORS = 100;

    private final NetworkModel model;
    private final ChainCalendar calendar;
    private final HashGenerator hashes;

    public NodeResponseWriter(NetworkModel model) {
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

    /** Writes the newest epoch, its stages and the parameters behind them. */
    public void writeLatestEpoch(long height, JsonDocumentWriter out) {
        EpochStages stages = calendar.stages(calendar.latestEpoch(height));
        out.startObject();
        out.field("block_height", height);
        out.startObject("latest_epoch");
        out.field("index", stages.epochIndex());
        out.field("poc_start_block_height", stages.pocStart());
        out.endObject();
        out.field("phase", stages.phase(height));
        writeStages("epoch_stages", stages, out);
        writeStages("next_epoch_stages", calendar.stages(stages.epochIndex() + 1), out);
        writeParameters(calendar.parameters(), out);
        out.field("is_confirmation_poc_active", false);
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
                SharedFieldWriter.formatGo(
                        calendar.blockTime(calendar.stages(view.epoch()).pocValidationEnd() + 1)));
        out.endObject();
        out.endObject();
    }

    private static void writeStages(String name, EpochStages stages, JsonDocumentWriter out) {
        out.startObject(name);
        out.field("epoch_index", stages.epochIndex());
        out.field("poc_start", stages.pocStart());
        out.field("poc_generation_wind_down", stages.pocGenerationWindDown());
        out.field("poc_generation_end", stages.pocGenerationEnd());
        out.field("poc_validation_start", stages.pocValidationStart());
        out.field("poc_validation_wind_down", stages.pocValidationWindDown());
        out.field("poc_validation_end", stages.pocValidationEnd());
        out.field("set_new_validators", stages.setNewValidators());
        out.field("claim_money", stages.claimMoney());
        out.field("inference_validation_cutoff", stages.inferenceValidationCutoff());
        out.field("next_poc_start", stages.nextPocStart());
        writeWindow("poc_exchange_window", stages.pocStart() + 1, stages.pocValidationStart(), out);
        writeWindow("poc_validation_exchange_window", stages.pocValidationStart() + 1, stages.pocValidationEnd(), out);
        out.endObject();
    }

    private static void writeWindow(String name, long start, long end, JsonDocumentWriter out) {
        out.startObject(name);
        out.field("start", start);
        out.field("end", end);
        out.endObject();
    }

    private void writeParameters(EpochParameters parameters, JsonDocumentWriter out) {
        out.startObject("epoch_params");
        out.field("epoch_length", parameters.epochLength());
        out.field("epoch_multiplier", 1);
        out.field("epoch_shift", 16_980);
        out.field("default_unit_of_compute_price", 100);
        out.field("poc_stage_duration", parameters.pocStageDuration());
        out.field("poc_exchange_duration", parameters.pocExchangeDuration());
        out.field("poc_validation_delay", parameters.pocValidationDelay());
        out.field("poc_validation_duration", parameters.pocValidationDuration());
        out.field("set_new_validators_delay", parameters.setNewValidatorsDelay());
        out.field("inference_validation_cutoff", parameters.inferenceValidationCutoff());
        out.field("inference_pruning_epoch_threshold", 2);
        out.field("inference_pruning_max", 5_000);
        out.field("poc_pruning_max", 1_000);
        out.startObject("poc_slot_allocation");
        out.field("value", 1);
        out.field("exponent", -1);
        out.endObject();
        out.endObject();
    }
}
