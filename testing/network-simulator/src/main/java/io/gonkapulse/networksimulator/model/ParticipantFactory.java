package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Creates participants from their numbers. */
final class ParticipantFactory {

    private static final List<List<String>> MODELS = List.of(
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8"),
            List.of("Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct"),
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen3-32B-FP8"));

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
}
