package io.gonkapulse.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.testkit.local.DisposableHome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * All services as processes, and everything around them failing. The short form has one fault of each kind, one upon the
 * other; {@code ./mvnw -Pchaos} goes on for minutes, waits after each fault until all is well again, and says how long
 * that took. {@code -Dchaos.seed} runs a sequence again, {@code -Dchaos.kinds} takes the named ones alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(3_600)
class ChaosTest {

    private static final int MINUTES = Integer.getInteger("chaos.minutes", 0);
    private static final boolean LONG = MINUTES > 0;
    private static final long SEED = Long.getLong("chaos.seed", LONG ? new SecureRandom().nextInt(1_000_000) : 8L);

    /** The other test has one of them, and brokers take their time to start. */
    private static final EnumSet<Fault.Kind> ONLY_LONG =
            EnumSet.of(Fault.Kind.KILL_TWO_BROKERS, Fault.Kind.KILL_ALL_BROKERS);

    private static final Set<Fault.Kind> KINDS = kinds(System.getProperty("chaos.kinds", ""));
    private static final Duration MOST = Duration.ofMinutes(3);

    /** Sessions of brokers last 2 s here; on a busy machine leaders need longer to move, and not until somebody comes. */
    private static final Duration LEADERS_MOVE = Duration.ofMinutes(1);

    /** Longer than the session of a consumer in its group. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(16);

    private final InstantSource clock = InstantSource.system();
    private final Path target = Path.of("target").toAbsolutePath();
    private final DisposableHome home = DisposableHome.in(target, "chaos");
    private final World world = new World(clock, LONG ? 60 : 240);
    private final Fleet fleet = new Fleet(
            home.path().resolve("fleet"),
            LONG ? SmallDisk.at(target.resolve("small-disk")) : SmallDisk.none(),
            world,
            LONG ? 2 : 1);
    private final BadRecordPublisher bad = new BadRecordPublisher(fleet.bootstrapServers());
    private final Recovery recovery = new Recovery(fleet, clock);
    private int passed;

    @AfterAll
    void stopAll() {
        bad.close();
        fleet.close();
        world.close();
        if (passed == 3) {
            home.close();
        } else {
            say("What the processes said is in %s", home.path());
        }
    }

    private static Set<Fault.Kind> kinds(String names) {
        return names.isEmpty()
                ? LONG ? EnumSet.allOf(Fault.Kind.class) : EnumSet.complementOf(ONLY_LONG)
                : EnumSet.copyOf(
                        Stream.of(names.split(",", -1)).map(Fault.Kind::valueOf).toList());
    }

    private static void say(String words, Object... parts) {
        System.out.printf("chaos: " + words + "%n", parts);
    }

    @Test
    @Order(1)
    void whateverFailsInWhateverOrderTheTruthRemains() {
        Instant begin = clock.instant();
        say("seed %s, %s; again by -Dchaos.seed=%s", SEED, LONG ? MINUTES + " minutes" : "short form", SEED);
        recovery.awaitFresh(begin);
        recovery.awaitAllReplicas();
        say(
                "all is well %s ms after the start",
                Duration.between(begin, clock.instant()).toMillis());
        bad.put();
        if (LONG) {
            oneAfterTheOther();
        } else {
            oneUponTheOther();
        }
        passed = 1;
    }

    private void oneUponTheOther() {
        Faults faults = new Faults(
                fleet, SEED, Duration.ofSeconds(2), Duration.ZERO, List.of(Link.Cut.REFUSED, Link.Cut.SILENT));
        for (Fault fault : faults.round(KINDS)) {
            say("%s", fault);
            run(fault);
        }
        Duration last = recovery.awaitFresh(clock.instant());
        recovery.awaitAllReplicas();
        say("all is well %s ms after the last fault", last.toMillis());
    }

    private void run(Fault fault) {
        fault.begin().run();
        Instant mended = clock.instant().plus(fault.lasts());
        await().pollInterval(Duration.ofMillis(20))
                .atMost(MOST)
                .until(() -> !clock.instant().isBefore(mended));
        fault.mend().run();
    }

    private void oneAfterTheOther() {
        Faults faults = new Faults(fleet, SEED, Duration.ofSeconds(12), LONG_PAUSE, List.of(Link.Cut.values()));
        RecoveryTable table = new RecoveryTable();
        Instant end = clock.instant().plus(Duration.ofMinutes(MINUTES));
        while (clock.instant().isBefore(end)) {
            for (Fault fault : faults.round(KINDS)) {
                bad.put();
                run(fault);
                Duration time = recovery.awaitFresh(clock.instant());
                table.add(fault, time);
                say("%s; well again after %s ms", fault, time.toMillis());
                recovery.awaitAllReplicas();
            }
        }
        say("%s faults, disk %s%n%s", table.size(), fleet.store().hasRealDisk() ? "real" : "feigned", table);
    }

    @Test
    @Order(2)
    void theLossOfOneBrokerStopsNothingAndThatOfTwoLosesNothing() {
        requireSoundness(1);
        bad.put();
        FleetProcess first = fleet.brokers().get(0);
        FleetProcess second = fleet.brokers().get(1);
        first.kill();
        Duration gap = recovery.awaitFresh(clock.instant(), LEADERS_MOVE);
        say("one broker lost: what was fetched afterwards was everywhere after %s ms", gap.toMillis());

        second.kill();
        Instant alone = clock.instant().plusSeconds(3);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(MOST)
                .until(() -> !clock.instant().isBefore(alone));
        second.start();
        Duration back = recovery.awaitFresh(clock.instant());
        say("two brokers lost: all went on %s ms after one returned", back.toMillis());
        first.start();
        recovery.awaitAllReplicas();
        passed = 2;
    }

    private void requireSoundness(int wanted) {
        assertThat(passed).as("what went before went well").isEqualTo(wanted);
    }

    @Test
    @Order(3)
    void everyTableIsTheTruthAndNothingIsLeftOver() throws Exception {
        requireSoundness(2);
        bad.put();
        recovery.awaitFresh(clock.instant());
        stop(Role.POLLER);
        int rows = new Reckoning(fleet, bad, clock).hold();
        say("%s rows are the truth", rows);

        stop(Role.WRITER);
        stop(Role.EARNINGS);
        stop(Role.API);
        fleet.wires().close();
        await("sessions of the database").atMost(MOST).until(() -> sessions() == 0);
        fleet.brokers().forEach(FleetProcess::kill);
        fleet.store().stop();
        assertThat(fleet.store().processes()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        passed = 3;
    }

    private void stop(Role role) {
        fleet.services(role)
                .forEach(service ->
                        assertThat(service.terminate()).as(service.name()).isEqualTo(143));
    }

    private long sessions() {
        Long others = fleet.store()
                .jdbc()
                .queryForObject(
                        "select count(*) from pg_stat_activity where datname = current_database() and pid <>"
                                + " pg_backend_pid()",
                        Long.class);
        return others == null ? 0 : others;
    }
}
