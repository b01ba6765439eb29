package io.gonkapulse.networksimulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a participant.
 *
 * @param id unique within that participant only
 * @param weight the machine's part of the participant's weight
 * @param hardware null if the participant does not report it
 */
public record MlNode(
        String id, String model, long weight, @Nullable GpuHardware hardware, String host, String port) {

    /** Graphics cards of one type. */
    public record GpuHardware(String type, int count) {}

    public List<String> models() {
        return List.of(model);
    }
}
