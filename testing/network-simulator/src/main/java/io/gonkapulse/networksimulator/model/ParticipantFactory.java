package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Creates participants and their machines from their numbers. */
final class ParticipantFactory {

    /** Served models. Some participants serve two, so that readers receive both shapes. */
    private static final List<List<String>> MODELS = List.of(
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8"),
            List.of("Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct"),
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen3-32B-FP8"));

    private static final List<String> GPU_NAMES = List.of(
            "NVIDIA H100 80GB HBM3 | 80GB",
            "NVIDIA GeForce RTX 3090 | 24GB",
            "NVIDIA GeForce RTX 4090 | 24GB",
            "NVIDIA A100-SXM4-80GB | 80GB",
            "NVIDIA B200 | 180GB");

    private final NetworkPlan plan;
    private final SeededRandom random;
    private final ParticipantAddressCodec addresses;

    ParticipantFactory(NetworkPlan plan, SeededRandom random) {
        this.plan = plan;
        this.random = random;
        this.addresses = new ParticipantAddressCodec(random, plan.participants());
    }

    NodeIdentifier identifier(int number) {
        return addresses.identifier(number);
    }

    OptionalInt find(String address) {
        return addresses.find(address);
    }

    SimulatedParticipant create(int number) {
        boolean bonded = isBonded(number);
        return new SimulatedParticipant(
                number,
                identifier(number),
                Base64.getEncoder().encodeToString(random.bytes(32, RandomPurpose.VALIDATOR_KEY, number, 0)),
                moniker(number, bonded),
                inferenceUrl(number),
                models(number),
                bonded,
                isHealthChecked(number),
                random.occurs(60, RandomPurpose.EPOCH_START_IN_1970, number, 0));
    }

    /** Whether the participant has a validator. */
    boolean isBonded(int number) {
        return !random.occurs(plan.behaviour().unbonded(), RandomPurpose.BONDED, number, 0);
    }

    /** Whether trackers check the participant's health. */
    boolean isHealthChecked(int number) {
        return !random.occurs(plan.behaviour().withoutHealthCheck(), RandomPurpose.CHECKED, number, 0);
    }

    /** Distributes a weight among the machines of a participant. The list is empty if it reports no machines. */
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

    private List<String> models(int number) {
        return random.occurs(10, RandomPurpose.MODELS, number, 1)
                ? List.of()
                : MODELS.get(random.intBelow(MODELS.size(), RandomPurpose.MODELS, number, 0));
    }

    /**
     * Four of ten have none, three show a validator address, and three have a name with a non-ASCII character.
     * Participants without a validator have none.
     */
    private @Nullable String moniker(int number, boolean bonded) {
        int kind = random.intBelow(10, RandomPurpose.MONIKER, number, 0);
        if (!bonded || kind < 4) {
            return null;
        }
        return kind < 7 ? "gonkavaloper1" + identifier(number).value().substring(6, 30) : "Pulse node № " + number;
    }

    /** Three of a hundred report none, five a private address, and one https. Most use port 8000. */
    private @Nullable String inferenceUrl(int number) {
        int kind = random.intBelow(100, RandomPurpose.URL_KIND, number, 0);
        if (kind < 3) {
            return null;
        }
        long bits = random.longFor(RandomPurpose.URL, number, 0);
        String host = (kind < 8 ? "10.0." : "203.0.") + (bits & 127) + "." + ((bits >> 8) & 127);
        int port = kind < 60 ? 8000 : 20_000 + random.intBelow(40_000, RandomPurpose.URL, number, 1);
        return (kind == 99 ? "https://" : "http://") + host + ":" + port;
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
