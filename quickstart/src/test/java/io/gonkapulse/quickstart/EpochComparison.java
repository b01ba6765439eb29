package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.networksimulator.NetworkTruth.SettlementTruth;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import java.math.BigInteger;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Compares the epochs of the API, their sums over all nodes and the ranks of the nodes with the settlements of the
 * simulated network.
 */
record EpochComparison(QuickstartApiClient api, SimulatedNetwork network) {

    private static final List<String> CLAIMS = List.of("claimed", "unclaimed", "forfeited");

    /** Fails while not all published snapshots are applied. */
    void compare(PublishedSnapshots published) {
        Map<NodeIdentifier, Map<Long, SettledSnapshot>> settled = published.newestSettlements();
        Map<Long, Map<String, BigInteger>> sums = new TreeMap<>();
        Map<Long, List<JsonNode>> items = new TreeMap<>();
        settled.forEach((node, epochs) -> {
            Map<Long, JsonNode> shown = epochs("/api/v1/nodes/" + node.value() + "/epochs?limit=500");
            epochs.forEach((epoch, snapshot) -> {
                assertThat(shown).as("epochs of %s", node).containsKey(epoch);
                JsonNode item = requireNonNull(shown.get(epoch));
                if (!snapshot.settlement().approximate()) {
                    assertThat(values(item)).as("%s in epoch %s", node, epoch).isEqualTo(values(truth(snapshot)));
                }
                add(sums.computeIfAbsent(epoch, first -> new TreeMap<>()), item);
                items.computeIfAbsent(epoch, first -> new ArrayList<>()).add(item);
            });
        });
        assertThat(sums).hasSizeGreaterThan(2);
        items.forEach(EpochComparison::compareRanks);
        Map<Long, Map<String, BigInteger>> shown = new TreeMap<>();
        epochs("/api/v1/epochs?limit=500").forEach((epoch, item) -> {
            if (!item.get("rewardedNgonka").isNull()) {
                shown.put(epoch, totals(item));
            }
        });
        assertThat(shown).isEqualTo(sums);
    }

    /** A rank is one more than the number of larger rewards. */
    private static void compareRanks(long epoch, List<JsonNode> items) {
        List<BigInteger> rewards =
                items.stream().map(item -> amount(item, "rewardedNgonka")).toList();
        items.forEach(item -> {
            BigInteger reward = amount(item, "rewardedNgonka");
            long larger = rewards.stream()
                    .filter(other -> other.compareTo(reward) > 0)
                    .count();
            assertThat(item.get("rank").asString())
                    .as("rank in epoch %s", epoch)
                    .isEqualTo(String.valueOf(larger + 1));
        });
    }

    private SettlementTruth truth(SettledSnapshot snapshot) {
        return network.truth()
                .settlement(snapshot.node(), snapshot.epoch(), snapshot.origin().observedAt())
                .orElseThrow();
    }

    private Map<Long, JsonNode> epochs(String path) {
        Map<Long, JsonNode> epochs = new TreeMap<>();
        api.get(path).get("items").forEach(item -> epochs.put(item.get("epoch").asLong(), item));
        return epochs;
    }

    private static Map<String, String> values(JsonNode item) {
        return Map.of(
                "rewarded", item.get("rewardedNgonka").asString(),
                "earned", item.get("earnedNgonka").asString(),
                "claim", item.get("claim").asString(),
                "settledAt", item.get("settledAt").asString(),
                "block", item.get("settlementBlock").asString(),
                "inferences", item.get("inferences").asString(),
                "missed", item.get("missed").asString());
    }

    private static Map<String, String> values(SettlementTruth truth) {
        String unclaimed = truth.claimedAt().isPresent() ? "claimed" : "unclaimed";
        return Map.of(
                "rewarded", truth.settlement().rewarded().toString(),
                "earned", String.valueOf(truth.settlement().work().earned()),
                "claim", truth.forfeitedAt().isPresent() ? "forfeited" : unclaimed,
                "settledAt", truth.settledAt().truncatedTo(ChronoUnit.MICROS).toString(),
                "block", String.valueOf(truth.height()),
                "inferences", String.valueOf(truth.settlement().work().inferences()),
                "missed", String.valueOf(truth.settlement().work().missed()));
    }

    private static Map<String, BigInteger> totals(JsonNode epoch) {
        Map<String, BigInteger> totals = new TreeMap<>();
        totals.put("nodes", amount(epoch, "participants"));
        CLAIMS.forEach(claim -> totals.put(claim, amount(epoch, claim + "Ngonka")));
        return totals;
    }

    /** Adds a node's reward to the sum of its claim. */
    private static void add(Map<String, BigInteger> totals, JsonNode node) {
        CLAIMS.forEach(claim -> totals.merge(claim, BigInteger.ZERO, BigInteger::add));
        totals.merge("nodes", BigInteger.ONE, BigInteger::add);
        totals.merge(node.get("claim").asString(), amount(node, "rewardedNgonka"), BigInteger::add);
    }

    private static BigInteger amount(JsonNode item, String field) {
        return new BigInteger(item.get(field).asString());
    }
}
