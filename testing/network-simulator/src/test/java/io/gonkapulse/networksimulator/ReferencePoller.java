package io.gonkapulse.networksimulator;

import io.gonkapulse.contracts.NodeIdentifier;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Polls endpoints in the plainest way and logs its observations for the truth. */
final class ReferencePoller {

    private static final String CHAIN = "/chain-api/productscience/inference/inference/";

    final ReferenceLedger ledger = new ReferenceLedger();
    final ObservationLog observations = new ObservationLog();
    final Map<String, Map<Instant, String>> health = new HashMap<>();
    final Map<Long, Set<String>> unclaimed = new TreeMap<>();
    int accepted;
    int rejectedEntries;

    private final StrictHttpClient client;
    private final Map<Long, Instant> blockTimes = new HashMap<>();
    private final Map<Long, Long> settlementHeights = new HashMap<>();
    private final SimulatedEndpoint reliable;

    /** @param reliable a node that is queried for block times only */
    ReferencePoller(StrictHttpClient client, SimulatedEndpoint reliable) {
        this.client = client;
        this.reliable = reliable;
    }

    boolean pollTracker(SimulatedEndpoint tracker, boolean healthIsReadable) {
        Optional<JsonNode> response = client.json(tracker.url() + "/api/v1/inference/current");
        if (response.isEmpty() || response.get().path("participants").isEmpty()) {
            return false;
        }
        long epoch = ReferenceReader.number(response.get(), "epoch_id");
        long height = ReferenceReader.number(response.get(), "height");
        JsonNode stamp = response.get().path("current_block_timestamp");
        Instant time = stamp.isString() ? Instant.parse(stamp.asString()) : blockTime(height);
        for (JsonNode entry : response.get().get("participants")) {
            boolean valid = recordLive(entry, epoch, height, time);
            if (valid && healthIsReadable) {
                health.computeIfAbsent(entry.get("index").asString(), key -> new HashMap<>())
                        .put(time, ReferenceReader.health(entry));
            }
        }
        accepted++;
        return true;
    }

    boolean pollNode(SimulatedEndpoint node) {
        Optional<JsonNode> status = client.json(node.url() + "/chain-rpc/status");
        Optional<JsonNode> active = client.json(node.url() + "/v1/epochs/current/participants");
        if (status.isEmpty() || active.isEmpty()) {
            return false;
        }
        String height = tip(status.get());
        Optional<JsonNode> all =
                client.json(node.url() + CHAIN + "participant?pagination.limit=10000", "X-Cosmos-Block-Height", height);
        JsonNode set = active.get().path("active_participants");
        boolean namesEpoch = set.has("epoch_id") || set.has("epoch_group_id");
        if (all.isEmpty() || set.path("participants").isEmpty() || !namesEpoch) {
            return false;
        }
        Set<String> members = new HashSet<>();
        set.get("participants")
                .forEach(member -> members.add(member.path("index").asString()));
        long epoch = ReferenceReader.number(set, "epoch_id", "epoch_group_id");
        long block = Long.parseLong(height);
        for (JsonNode entry : all.get().get("participant")) {
            if (members.contains(entry.path("index").asString())) {
                recordLive(entry, epoch, block, blockTime(block));
            }
        }
        accepted++;
        return true;
    }

    /** Reads the settlement height of the epoch before the latest one from the epoch's stages. */
    void recordSettlementHeight(SimulatedEndpoint node) {
        client.json(node.url() + "/v1/epochs/latest").ifPresent(latest -> {
            long end = latest.path("epoch_stages").path("poc_validation_end").asLong();
            long settled = latest.path("latest_epoch").path("index").asLong() - 1;
            if (latest.path("block_height").asLong() >= end) {
                settlementHeights.put(settled, end);
                ledger.settledOn(settled, day(blockTime(end)));
            }
        });
    }

    /** Reads settlements that are not final. Ignores the results if no participant has a reward. */
    void readSettlements(SimulatedEndpoint node, long epoch, int everyNth) {
        Optional<JsonNode> status = client.json(node.url() + "/chain-rpc/status");
        if (status.isEmpty()) {
            return;
        }
        long height = Long.parseLong(tip(status.get()));
        Map<String, JsonNode> read = new HashMap<>();
        List<String> addresses = new ArrayList<>(unclaimed.getOrDefault(epoch, Set.of()));
        for (String address : addresses) {
            if (Math.floorMod(address.hashCode(), everyNth) == 0) {
                client.json(
                                node.url() + CHAIN + "epoch_performance_summary/" + epoch + "/" + address,
                                "X-Cosmos-Block-Height",
                                Long.toString(height))
                        .ifPresent(response -> read.put(address, response.path("epochPerformanceSummary")));
            }
        }
        boolean ready = read.values().stream()
                .anyMatch(summary -> ReferenceReader.whole(summary.path("rewarded_coins"))
                        .filter(reward -> reward.signum() > 0)
                        .isPresent());
        boolean last = settlementHeights.getOrDefault(epoch + 2, Long.MAX_VALUE) <= height;
        if (ready || last) {
            read.forEach((address, summary) -> recordSettlement(address, epoch, height, last, summary));
        }
    }

    private void recordSettlement(String address, long epoch, long height, boolean last, JsonNode summary) {
        Optional<ReferenceLedger.Amounts> work = ReferenceReader.amounts(summary);
        Optional<BigInteger> reward = ReferenceReader.whole(summary.path("rewarded_coins"));
        if (work.isEmpty() || reward.isEmpty()) {
            rejectedEntries++;
            return;
        }
        boolean claimed = summary.get("claimed").asBoolean();
        ledger.settled(
                address,
                epoch,
                new ReferenceLedger.Settled(height, work.get(), reward.get(), claimed, last && !claimed));
        observations.recordSettlement(NodeIdentifier.parse(address), epoch, height);
    }

    /** Drops participants whose settlement is final. */
    void dropFinal(long epoch) {
        unclaimed.computeIfAbsent(epoch, key -> new HashSet<>()).removeIf(address -> {
            ReferenceLedger.Settled settled = ledger.settlement(address, epoch);
            return settled != null && (settled.claimed() || settled.forfeited());
        });
    }

    private boolean recordLive(JsonNode entry, long epoch, long height, Instant time) {
        Optional<ReferenceLedger.Amounts> amounts = ReferenceReader.amounts(entry.path("current_epoch_stats"));
        if (amounts.isEmpty() || !entry.path("index").isString()) {
            rejectedEntries++;
            return false;
        }
        String address = entry.get("index").asString();
        ledger.live(address, epoch, day(time), amounts.get());
        observations.recordLive(NodeIdentifier.parse(address), epoch, height);
        unclaimed.computeIfAbsent(epoch, key -> new HashSet<>()).add(address);
        return true;
    }

    private Instant blockTime(long height) {
        return blockTimes.computeIfAbsent(
                height,
                key -> Instant.parse(client.requireJson(reliable.url() + "/chain-rpc/block?height=" + key)
                        .at("/result/block/header/time")
                        .asString()));
    }

    private static String tip(JsonNode status) {
        return status.at("/result/sync_info/latest_block_height").asString();
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
