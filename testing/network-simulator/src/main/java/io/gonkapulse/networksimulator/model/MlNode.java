package io.gonkapulse.networksimulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine of a participant. Its id is unique within that participant only. */
public record MlNode(
        String id, String model, long weight, @Nullable GpuHardware hardware, String host, String port) {

    /** Graphics cards of one type. */
    public record GpuHardware(String type, int count) {}

    public List<String> models() {
        return List.of(model);
    }
}
