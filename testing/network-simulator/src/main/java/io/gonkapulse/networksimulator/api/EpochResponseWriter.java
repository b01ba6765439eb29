package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.chain.ChainCalendar;
import io.gonkapulse.networksimulator.chain.EpochParameters;
import io.gonkapulse.networksimulator.chain.EpochStages;

/** Writes the newest epoch, its stages and the parameters behind them. */
public final class EpochResponseWriter {

    private final ChainCalendar calendar;

    public EpochResponseWriter(ChainCalendar calendar) {
        this.calendar = calendar;
    }

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
