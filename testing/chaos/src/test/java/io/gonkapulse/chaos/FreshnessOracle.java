package io.gonkapulse.chaos;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.networksimulator.DailyTruth.DayTruth;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.SimulatedHealth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Expected rows of the stats, health and tracker tables. Status comes from the simulated network, the rest from the
 * published messages.
 */
final class FreshnessOracle {

    private static final Comparator<LiveSnapshot> NEWER = comparing(
                    (LiveSnapshot snapshot) -> snapshot.origin().fetchedAt().truncatedTo(ChronoUnit.MICROS))
            .thenComparing(snapshot -> snapshot.origin().observedAt());

    private static final BinaryOperator<Poll> LATER =
            BinaryOperator.maxBy(comparing(Poll::startedAt).thenComparing(Poll::pollId));

    private final SimulatedNetwork network;
    private final List<Snapshot> snapshots;
    private final List<LiveSnapshot> live;
    private final Map<String, LiveSnapshot> newest;
    private final List<Poll> polls;

    FreshnessOracle(SimulatedNetwork network, List<Snapshot> snapshots, List<Poll> polls) {
        this.network = network;
        this.snapshots = snapshots;
        this.polls = polls;
        this.live = snapshots.stream()
                .filter(LiveSnapshot.class::isInstance)
                .map(LiveSnapshot.class::cast)
                .toList();
        this.newest = live.stream()
                .collect(toMap(
                        snapshot -> snapshot.node().value(),
                        snapshot -> snapshot,
                        BinaryOperator.maxBy(NEWER),
                        TreeMap::new));
    }

    Map<String, String> nodes() {
        Map<String, String> names = new HashMap<>();
        live.forEach(snapshot -> {
            if (snapshot.facts().displayName() != null) {
                names.put(snapshot.node().value(), snapshot.facts().displayName());
            }
        });
        Map<String, String> rows = new TreeMap<>();
        snapshots.forEach(snapshot -> rows.put(
                snapshot.node().value(),
                join("wallet", names.get(snapshot.node().value()))));
        return rows;
    }

    Map<String, String> stats(EarningsOracle earnings, LocalDate today) {
        Map<String, Ngonka> totals = earnings.totals();
        Map<String, String> rows = new TreeMap<>();
        newest.forEach((node, snapshot) -> {
            NodeFacts facts = snapshot.facts();
            Ngonka total = totals.getOrDefault(node, Ngonka.ZERO);
            DayTruth todayTruth = earnings.dayOf(snapshot.node(), today);
            rows.put(
                    node,
                    join(
                            lowerCase(network.truth()
                                    .health(snapshot.node(), snapshot.origin().observedAt())),
                            snapshot.origin().tracker(),
                            micros(snapshot.origin().fetchedAt()),
                            facts.weight(),
                            facts.model(),
                            today,
                            gnk(todayTruth.earned()),
                            todayTruth.earned(),
                            gnk(total),
                            total,
                            todayTruth.inferences()));
        });
        return rows;
    }

    private static String gnk(Ngonka amount) {
        return new BigDecimal(amount.toString())
                .movePointLeft(9)
                .setScale(8, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    Map<String, String> facts() {
        Map<String, String> rows = new TreeMap<>();
        newest.forEach((node, snapshot) -> rows.put(
                node,
                join(
                        micros(snapshot.origin().fetchedAt()),
                        micros(snapshot.origin().observedAt()),
                        snapshot.epoch(),
                        snapshot.counters().inferences(),
                        snapshot.counters().missed(),
                        snapshot.counters().validated(),
                        snapshot.counters().invalidated(),
                        snapshot.facts().participantStatus())));
        return rows;
    }

    /** Largest weight of each node, day and epoch. */
    Map<String, String> weights() {
        Map<String, Long> largest = new TreeMap<>();
        for (LiveSnapshot snapshot : live) {
            Long weight = snapshot.facts().weight();
            if (weight != null) {
                LocalDate day = LocalDate.ofInstant(snapshot.origin().observedAt(), ZoneOffset.UTC);
                largest.merge(join(snapshot.node(), day, snapshot.epoch()), weight, Math::max);
            }
        }
        Map<String, String> rows = new TreeMap<>();
        largest.forEach((key, weight) -> rows.put(key, weight.toString()));
        return rows;
    }

    /** One bit for each minute with an observation. */
    Map<String, String> health() {
        Map<String, long[]> bits = new TreeMap<>();
        for (LiveSnapshot snapshot : live) {
            Instant minute = snapshot.origin().observedAt().truncatedTo(ChronoUnit.MINUTES);
            Instant hour = minute.truncatedTo(ChronoUnit.HOURS);
            long bit = 1L << ChronoUnit.MINUTES.between(hour, minute);
            SimulatedHealth health = network.truth().health(snapshot.node(), minute);
            if (health != SimulatedHealth.UNKNOWN) {
                long[] hourBits =
                        bits.computeIfAbsent(snapshot.node() + " " + hour.getEpochSecond(), key -> new long[3]);
                hourBits[0] |= bit;
                hourBits[1] |= health == SimulatedHealth.UNHEALTHY ? bit : 0;
                hourBits[2] |= health == SimulatedHealth.JAILED ? bit : 0;
            }
        }
        Map<String, String> rows = new TreeMap<>();
        bits.forEach((key, hourBits) -> rows.put(key, join(hourBits[0], hourBits[1], hourBits[2])));
        return rows;
    }

    Map<String, String> trackers() {
        Map<String, Poll> last = new TreeMap<>();
        Map<String, Poll> lastSuccess = new TreeMap<>();
        for (Poll poll : polls) {
            if (poll.purpose() == Poll.Purpose.CURRENT) {
                last.merge(poll.tracker().value(), poll, LATER);
                if (poll.outcome() == Poll.Outcome.OK || poll.outcome() == Poll.Outcome.PARTIAL) {
                    lastSuccess.merge(poll.tracker().value(), poll, LATER);
                }
            }
        }
        Map<String, String> rows = new TreeMap<>();
        last.forEach((tracker, poll) -> {
            Poll success = Objects.requireNonNull(lastSuccess.get(tracker), tracker);
            rows.put(
                    tracker,
                    join(
                            poll.pollId(),
                            lowerCase(poll.outcome()),
                            micros(success.startedAt()),
                            success.network().epoch(),
                            success.network().height()));
        });
        return rows;
    }

    Map<String, String> polls() {
        Map<String, String> rows = new TreeMap<>();
        polls.forEach(poll -> rows.put(
                join(poll.tracker(), poll.pollId(), micros(poll.startedAt())),
                join(lowerCase(poll.purpose()), lowerCase(poll.outcome()))));
        return rows;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String join(@Nullable Object... parts) {
        return Stream.of(parts).filter(Objects::nonNull).map(String::valueOf).collect(Collectors.joining(" "));
    }
}
