package io.gonkapulse.testkit.network.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machines behind a participant, and how its weight is shared among them. */
final class Machines {

    private static final List<String> CARDS = List.of(
            "NVIDIA H100 80GB HBM3 | 80GB",
            "NVIDIA GeForce RTX 3090 | 24GB",
            "NVIDIA GeForce RTX 4090 | 24GB",
            "NVIDIA A100-SXM4-80GB | 80GB",
            "NVIDIA B200 | 180GB");

    private final Dice dice;

    Machines(Dice dice) {
        this.dice = dice;
    }

    /** Empty for the few participants that report none. */
    List<MlNode> of(Participant participant, long weight) {
        int number = participant.number();
        if (participant.models().isEmpty() || dice.perMille(30, Purpose.ML_NODES_MISSING, number, 0)) {
            return List.of();
        }
        int count = 1 + dice.below(4, Purpose.ML_NODES, number, 0);
        List<MlNode> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long share = weight / count + (i == 0 ? weight % count : 0);
            nodes.add(node(participant, i, share));
        }
        return List.copyOf(nodes);
    }

    private MlNode node(Participant participant, int place, long weight) {
        int number = participant.number();
        String model = participant.models().get(place % participant.models().size());
        String id = dice.perMille(150, Purpose.ML_NODES, number, 1)
                ? "mlnode-large-" + Long.toHexString(dice.roll(Purpose.ML_NODES, number, 2 + place) >>> 32)
                : "node" + (place + 1);
        return new MlNode(id, model, weight, hardware(number), "172.18.114." + (place + 10), "8080");
    }

    private MlNode.@Nullable Hardware hardware(int number) {
        return dice.perMille(80, Purpose.HARDWARE_MISSING, number, 0)
                ? null
                : new MlNode.Hardware(
                        CARDS.get(dice.below(CARDS.size(), Purpose.HARDWARE, number, 0)),
                        1 + dice.below(8, Purpose.HARDWARE, number, 1));
    }
}
