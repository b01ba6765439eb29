package io.gonkapulse.testkit.network.model;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.network.plan.NetworkPlan;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Who takes part, by number. */
final class Population {

    private static final List<List<String>> MODELS = List.of(
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8"),
            List.of("Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct"),
            List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "Qwen/Qwen3-32B-FP8"),
            List.of("Qwen/Qwen2.5-7B-Instruct", "Qwen/Qwen3-32B-FP8"));

    private final NetworkPlan plan;
    private final Dice dice;
    private final Accounts accounts;

    Population(NetworkPlan plan, Dice dice) {
        this.plan = plan;
        this.dice = dice;
        this.accounts = new Accounts(dice, plan.participants());
    }

    NodeIdentifier identifier(int number) {
        return accounts.identifier(number);
    }

    OptionalInt find(String address) {
        return accounts.find(address);
    }

    Participant participant(int number) {
        boolean bonded = isBonded(number);
        return new Participant(
                number,
                identifier(number),
                Base64.getEncoder().encodeToString(dice.bytes(32, Purpose.VALIDATOR_KEY, number, 0)),
                moniker(number, bonded),
                inferenceUrl(number),
                models(number),
                bonded,
                isChecked(number),
                dice.perMille(60, Purpose.EPOCH_START_IN_1970, number, 0));
    }

    boolean isBonded(int number) {
        return !dice.perMille(plan.shares().unbonded(), Purpose.BONDED, number, 0);
    }

    boolean isChecked(int number) {
        return !dice.perMille(plan.shares().unchecked(), Purpose.CHECKED, number, 0);
    }

    private List<String> models(int number) {
        return dice.perMille(10, Purpose.MODELS, number, 1)
                ? List.of()
                : MODELS.get(dice.below(MODELS.size(), Purpose.MODELS, number, 0));
    }

    private @Nullable String moniker(int number, boolean bonded) {
        int kind = dice.below(10, Purpose.MONIKER, number, 0);
        if (!bonded || kind < 4) {
            return null;
        }
        return kind < 7 ? "gonkavaloper1" + identifier(number).value().substring(6, 30) : "Pulse node № " + number;
    }

    private @Nullable String inferenceUrl(int number) {
        int kind = dice.below(100, Purpose.URL_KIND, number, 0);
        if (kind < 3) {
            return null;
        }
        long bits = dice.roll(Purpose.URL, number, 0);
        String host = (kind < 8 ? "10.0." : "203.0.") + (bits & 127) + "." + ((bits >> 8) & 127);
        int port = kind < 60 ? 8000 : 20_000 + dice.below(40_000, Purpose.URL, number, 1);
        return (kind == 99 ? "https://" : "http://") + host + ":" + port;
    }
}
