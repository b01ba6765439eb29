package io.gonkapulse.chaos;

import io.gonkapulse.testkit.network.quirk.Quirk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Draws faults: which, of whom and for how long follows from the seed alone. */
final class Faults {

    /** Such as tell no lie about the counters: those would be the truth of somebody else. */
    private static final List<Quirk> QUIRKS = List.of(
            Quirk.SERVICE_UNAVAILABLE,
            Quirk.TOO_MANY_REQUESTS,
            Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
            Quirk.RESET_MID_BODY,
            Quirk.TRUNCATED_JSON,
            Quirk.HTML_WITH_STATUS_200,
            Quirk.SLOW_DRIP,
            Quirk.ENDLESS_BODY,
            Quirk.EMPTY_PARTICIPANTS,
            Quirk.INVALID_UTF8,
            Quirk.MALFORMED_PARTICIPANT,
            Quirk.REDIRECT_LOOP,
            Quirk.STALE_DATA,
            Quirk.OLDER_HEIGHT);

    private static final List<Role> ON_KAFKA = List.of(Role.POLLER, Role.WRITER, Role.EARNINGS);
    private static final List<Role> ON_THE_DATABASE = List.of(Role.WRITER, Role.EARNINGS, Role.API);

    private final Fleet fleet;
    private final Random random;
    private final Duration longest;
    private final Duration pause;
    private final List<Link.Cut> cuts;

    /**
     * Faults of a fleet.
     *
     * @param longest how long one may last
     * @param pause how much longer a service is paused
     * @param cuts the ways in which the network may be cut
     */
    Faults(Fleet fleet, long seed, Duration longest, Duration pause, List<Link.Cut> cuts) {
        this.fleet = fleet;
        this.random = new Random(seed);
        this.longest = longest;
        this.pause = pause;
        this.cuts = List.copyOf(cuts);
    }

    /** One of each kind, in any order. */
    List<Fault> round(Collection<Fault.Kind> kinds) {
        List<Fault.Kind> shuffled = new ArrayList<>(kinds);
        Collections.shuffle(shuffled, random);
        return shuffled.stream().map(this::draw).toList();
    }

    private Fault draw(Fault.Kind kind) {
        return switch (kind) {
            case KILL_POLLER -> kill(kind, Role.POLLER);
            case KILL_WRITER -> kill(kind, Role.WRITER);
            case KILL_EARNINGS -> kill(kind, Role.EARNINGS);
            case KILL_API -> kill(kind, Role.API);
            case KILL_DATABASE -> fault(kind, "", fleet.store()::kill, fleet.store()::start);
            case KILL_BROKER -> killBrokers(kind, 1);
            case KILL_TWO_BROKERS -> killBrokers(kind, 2);
            case KILL_ALL_BROKERS -> killBrokers(kind, Fleet.BROKERS);
            case PAUSE_SERVICE -> pause(kind, one(fleet.services().toList())).longerBy(pause);
            case PAUSE_DATABASE -> fault(kind, "", fleet.store()::pause, fleet.store()::wake);
            case PAUSE_BROKER -> pause(kind, one(fleet.brokers()));
            case CUT_TRACKER ->
                cut(
                        kind,
                        "both sources",
                        List.of(fleet.wires().toTracker(), fleet.wires().toChain()));
            case CUT_KAFKA -> {
                Role role = one(ON_KAFKA);
                yield cut(kind, role.service(), fleet.wires().toKafka(role));
            }
            case CUT_DATABASE -> {
                Role role = one(ON_THE_DATABASE);
                yield cut(kind, role.service(), fleet.wires().toDatabase(role));
            }
            case TRACKER_FAULTS -> trackerFaults(kind);
            case CLOCK_STEP -> clockStep(kind);
            case DISK_FULL ->
                fault(
                        kind,
                        fleet.store().hasRealDisk() ? "file system of the tables" : "said by a trigger",
                        fleet.store()::fillDisk,
                        fleet.store()::emptyDisk);
        };
    }

    private Fault kill(Fault.Kind kind, Role role) {
        FleetProcess victim = one(fleet.services(role));
        return fault(kind, victim.name(), victim::kill, victim::start);
    }

    private Fault killBrokers(Fault.Kind kind, int count) {
        List<FleetProcess> victims = new ArrayList<>(fleet.brokers());
        Collections.shuffle(victims, random);
        List<FleetProcess> some = List.copyOf(victims.subList(0, count));
        return fault(kind, names(some), each(some, FleetProcess::kill), each(some, FleetProcess::start));
    }

    private static String names(List<FleetProcess> processes) {
        return String.join(", ", processes.stream().map(FleetProcess::name).toList());
    }

    private Fault pause(Fault.Kind kind, FleetProcess victim) {
        return fault(kind, victim.name(), victim::pause, victim::wake);
    }

    private Fault cut(Fault.Kind kind, String what, List<Link> links) {
        Link.Cut how = one(cuts);
        return fault(kind, what + ", " + how, each(links, link -> link.cut(how)), each(links, Link::mend));
    }

    private Fault trackerFaults(Fault.Kind kind) {
        Quirk ofTracker = one(QUIRKS);
        Quirk ofChain = one(QUIRKS);
        return fault(
                kind,
                ofTracker + " of the tracker, " + ofChain + " of the chain node",
                () -> {
                    fleet.world().tracker().show(ofTracker);
                    fleet.world().chain().show(ofChain);
                },
                () -> {
                    fleet.world().tracker().hideAll();
                    fleet.world().chain().hideAll();
                });
    }

    /** Back for the time of the fault, and not quite to where it was; or ahead, likewise. */
    private Fault clockStep(Fault.Kind kind) {
        Duration there = Duration.ofMinutes(random.nextInt(-40, 40));
        Duration back = there.negated().plusMinutes(random.nextInt(-10, 10));
        ChainClock clock = fleet.world().trackerClock();
        return fault(
                kind,
                there.toMinutes() + " and then " + back.toMinutes() + " minutes",
                () -> clock.step(there),
                () -> clock.step(back));
    }

    private Fault fault(Fault.Kind kind, String what, Runnable begin, Runnable mend) {
        long most = longest.toMillis();
        return new Fault(kind, what, Duration.ofMillis(most / 4 + random.nextLong(most * 3 / 4)), begin, mend);
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static <T> Runnable each(List<T> all, Consumer<T> action) {
        return () -> all.forEach(action);
    }
}
