package io.gonkapulse.quickstart;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.DailyTruth;
import io.gonkapulse.networksimulator.DailyTruth.DayTruth;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Compares the responses of the API with the simulated network. */
record NetworkComparison(QuickstartApiClient api, SimulatedNetwork network, InstantSource clock) {

    private static final int DAYS = 60;

    /** Fails while not all published snapshots are applied. */
    void compare(PublishedSnapshots published) {
        DailyTruth truth = network.truth().earnings(published.observations(network), clock.instant());
        Map<NodeIdentifier, Instant> newest = published.lastObservations();
        assertThat(newest).isNotEmpty();
        Map<String, JsonNode> nodes = nodes();
        assertThat(nodes.keySet())
                .containsAll(newest.keySet().stream().map(NodeIdentifier::value).toList());
        for (Map.Entry<NodeIdentifier, Instant> observation : newest.entrySet()) {
            assertThat(requireNonNull(nodes.get(observation.getKey().value()))
                            .at("/stats/status")
                            .asString())
                    .as("%s at %s", observation.getKey(), observation.getValue())
                    .isEqualTo(word(network.truth().health(observation.getKey(), observation.getValue())));
            assertThat(minutes(observation.getKey()))
                    .isEqualTo(expectedMinutes(observation.getKey(), published.observedMinutes(observation.getKey())));
        }
        for (String interval : Set.of("day", "week", "month")) {
            for (NodeIdentifier node : published.nodes()) {
                assertThat(buckets("/api/v1/nodes/" + node.value() + "/earnings", interval))
                        .as("%s by %s", node, interval)
                        .isEqualTo(buckets(truth.of(node), interval));
            }
            assertThat(buckets("/api/v1/earnings", interval)).isEqualTo(buckets(truth.networkTotals(), interval));
        }
        for (NodeIdentifier node : published.nodes()) {
            assertThat(api.get("/api/v1/nodes/" + node.value())
                            .at("/earnings/totalNgonka")
                            .asString())
                    .as("total of %s", node)
                    .isEqualTo(total(truth.of(node)));
        }
        compareNetwork(api.get("/api/v1/network"), newest);
    }

    private static String total(NavigableMap<LocalDate, DayTruth> days) {
        return days.values().stream()
                .map(DayTruth::earned)
                .reduce(Ngonka.ZERO, Ngonka::plus)
                .toString();
    }

    private void compareNetwork(JsonNode body, Map<NodeIdentifier, Instant> newest) {
        long height = body.get("blockHeight").asLong();
        assertThat(Instant.parse(body.get("blockTime").asString()))
                .isEqualTo(network.calendar().blockTime(height).truncatedTo(ChronoUnit.MICROS));
        assertThat(body.get("epoch").asLong()).isEqualTo(network.calendar().currentEpoch(height));
        assertThat(body.get("participants").asInt()).isEqualTo(newest.size());
        for (SimulatedHealth health :
                Set.of(SimulatedHealth.HEALTHY, SimulatedHealth.UNHEALTHY, SimulatedHealth.JAILED)) {
            assertThat(body.get(word(health)).asLong())
                    .isEqualTo(newest.entrySet().stream()
                            .filter(observation ->
                                    network.truth().health(observation.getKey(), observation.getValue()) == health)
                            .count());
        }
    }

    private Map<String, JsonNode> nodes() {
        return api.get("/api/v1/nodes?limit=500")
                .get("items")
                .valueStream()
                .collect(toMap(node -> node.get("identifier").asString(), node -> node));
    }

    private static String word(SimulatedHealth health) {
        return health.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Integer> minutes(NodeIdentifier node) {
        Map<String, Integer> minutes = new TreeMap<>();
        for (JsonNode hour :
                api.get("/api/v1/nodes/" + node.value() + "/health").get("hours")) {
            for (SimulatedHealth health :
                    Set.of(SimulatedHealth.HEALTHY, SimulatedHealth.UNHEALTHY, SimulatedHealth.JAILED)) {
                minutes.merge(word(health), hour.get(word(health) + "Minutes").asInt(), Integer::sum);
            }
        }
        minutes.values().removeIf(count -> count == 0);
        return minutes;
    }

    private Map<String, Integer> expectedMinutes(NodeIdentifier node, Set<Instant> seen) {
        Map<String, Integer> minutes = new TreeMap<>();
        for (Instant minute : seen) {
            SimulatedHealth health = network.truth().health(node, minute);
            if (health != SimulatedHealth.UNKNOWN) {
                minutes.merge(word(health), 1, Integer::sum);
            }
        }
        return minutes;
    }

    private Map<LocalDate, String> buckets(String path, String interval) {
        LocalDate today = today();
        JsonNode body = api.get(path + "?interval=" + interval + "&from=" + today.minusDays(DAYS) + "&to=" + today);
        Map<LocalDate, String> buckets = new TreeMap<>();
        body.get("items")
                .forEach(item -> buckets.put(
                        LocalDate.parse(item.get("date").asString()),
                        item.get("earningsNgonka").asString()));
        return buckets;
    }

    private Map<LocalDate, String> buckets(NavigableMap<LocalDate, DayTruth> days, String interval) {
        Map<LocalDate, Ngonka> sums = new TreeMap<>();
        days.tailMap(today().minusDays(DAYS), true)
                .forEach((day, truth) -> sums.merge(start(day, interval), truth.earned(), Ngonka::plus));
        Map<LocalDate, String> buckets = new TreeMap<>();
        sums.forEach((start, sum) -> buckets.put(start, sum.toString()));
        buckets.values().removeIf("0"::equals);
        return buckets;
    }

    private static LocalDate start(LocalDate day, String interval) {
        return switch (interval) {
            case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "month" -> day.withDayOfMonth(1);
            default -> day;
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
