package io.gonkapulse.networksimulator.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Generates a participant's machines and distributes its weight among them. */
final class MachineGenerator {

    private static final List<String> GPU_NAMES = List.of(
            "NVIDIA H100 80GB HBM3 | 80GB",
            "NVIDIA GeForce RTX 3090 | 24GB",
            "NVIDIA GeForce RTX 4090 | 24GB",
            "NVIDIA A100-SXM4-80GB | 80GB",
            "NVIDIA B200 | 180GB");

    private final SeededRandom random;

    MachineGenerator(SeededRandom random) {
        this.random = random;
    }

    /** Returns an empty list for participants that report no machines. */
    List<MlNode> machinesOf(SimulatedParticipant participant, long weight) {
        int number = participant.number();
        if (participant.models().isEmpty() || random.occurs(30, RandomPurpose.ML_NODES_MISSING, number, 0)) {
            return List.of();
        }
        int count = 1 + random.intBelow(4, RandomPurpose.ML_NODES, number, 0);
        List<MlNode> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long share = weight / count + (i == 0 ? weight % count : 0);
            nodes.add(node(participant, i, share));
        }
        return List.copyOf(nodes);
    }

    /** Most machines of different participants have the same names, as on the real network. */
    private MlNode node(SimulatedParticipant participant, int place, long weight) {
        int number = participant.number();
        String model = participant.models().get(place % participant.models().size());
        String id = random.occurs(150, RandomPurpose.ML_NODES, number, 1)
                ? "mlnode-large-" + Long.toHexString(random.longFor(RandomPurpose.ML_NODES, number, 2 + place) >>> 32)
                : "node" + (place + 1);
        return new MlNode(id, model, weight, hardware(number), "172.18.114." + (place + 10), "8080");
    }

    private MlNode.@Nullable GpuHardware hardware(int number) {
        return random.occurs(80, RandomPurpose.HARDWARE_MISSING, number, 0)
                ? null
                : new MlNode.GpuHardware(
                        GPU_NAMES.get(random.intBelow(GPU_NAMES.size(), RandomPurpose.HARDWARE, number, 0)),
                        1 + random.intBelow(8, RandomPurpose.HARDWARE, number, 1));
    }
}
