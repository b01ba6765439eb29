package io.gonkapulse.networksimulator.api;

import io.gonkapulse.networksimulator.model.MlNode;

/** Writes one machine and its reported hardware. */
final class MachineFieldWriter {

    private MachineFieldWriter() {}

    static void write(MlNode node, JsonDocumentWriter out) {
        out.field("local_id", node.id());
        out.field("status", "INFERENCE");
        out.startArray("models");
        node.models().forEach(out::element);
        out.endArray();
        out.startArray("hardware");
        MlNode.GpuHardware hardware = node.hardware();
        if (hardware != null) {
            out.startObject();
            out.field("type", hardware.type());
            out.field("count", hardware.count());
            out.endObject();
        }
        out.endArray();
        out.field("host", node.host());
        out.field("port", node.port());
    }
}
