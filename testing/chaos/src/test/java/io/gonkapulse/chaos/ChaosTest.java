package io.gonkapulse.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.testkit.junit.MeasurementFile;
import io.gonkapulse.testkit.junit.PooledDataSource;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Runs all services as processes and injects faults. The short run injects each fault type once, overlapping.
 * {@code ./mvnw -T1 -Pchaos} continues for minutes, waits for recovery after each fault and writes the recovery times.
 * {@code -Dchaos.seed} repeats a sequence, {@code -Dchaos.fault-types} selects types.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(3_600)
@Tag("process")
class ChaosTest {

    private static final int MINUTES = Integer.getInteger("chaos.minutes", 0);
    private static final boolean LONG_RUN = MINUTES > 0;
    private static final long SEED = Long.getLong("chaos.seed", LONG_RUN ? new SecureRandom().nextInt(1_000_000) : 8L);

    /** The second test covers these, and brokers start slowly. */
    private static final EnumSet<InjectedFault.FaultType> LONG_RUN_ONLY =
            EnumSet.of(InjectedFault.FaultType.KILL_TWO_BROKERS, InjectedFault.FaultType.KILL_ALL_BROKERS);

    private static final Set<InjectedFault.FaultType> TYPES = parseTypes(System.getProperty("chaos.fault-types", ""));
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /** Broker sessions last 2 s here. On a busy machine leader election takes longer, but it needs no operator. */
    private static final Duration LEADER_ELECTION_TIMEOUT = Duration.ofMinutes(1);

    /** Longer than the consumer's group session. */
    private static final Duration SESSION_PAUSE = Duration.ofSeconds(16);

    private final MeasurementFile measurements = MeasurementFile.of(ChaosTest.class);
    private final InstantSource clock = InstantSource.system();
    private final Path target = Path.of("target").toAbsolutePath();
    private final DisposableDirectory home = DisposableDirectory.createIn(target, "chaos");
    private final ChaosNetwork network = new ChaosNetwork(clock, LONG_RUN ? 60 : 240);
    private final SystemUnderTest system = new SystemUnderTest(
            home.path().resolve("system"),
            LONG_RUN ? SmallDisk.mount(target.resolve("small-disk")) : SmallDisk.unavailable(),
            network,
            LONG_RUN ? 2 : 1);
    private final BadRecordPublisher badRecords = new BadRecordPublisher(system.bootstrapServers());
    private final ReportingWorkers workers = new ReportingWorkers(system.bootstrapServers(), clock);
    private final RecoveryMonitor recovery = new RecoveryMonitor(system, clock);
    private int passedTests;

    @AfterAll
    void stopAll() {
        badRecords.close();
        workers.close();
        system.close();
        network.close();
        if (passedTests == 3) {
            home.close();
        } else {
            measurements.add("The processes' output is in %s", home.path());
        }
    }

    private static Set<InjectedFault.FaultType> parseTypes(String names) {
        return names.isEmpty()
                ? LONG_RUN ? EnumSet.allOf(InjectedFault.FaultType.class) : EnumSet.complementOf(LONG_RUN_ONLY)
                : EnumSet.copyOf(Stream.of(names.split(",", -1))
                        .map(InjectedFault.FaultType::valueOf)
                        .toList());
    }

    @Test
    @Order(1)
    void recoversFromEveryFault() throws InterruptedException {
        Instant begin = clock.instant();
        measurements.add(
                "seed %s, %s; repeat with -Dchaos.seed=%s", SEED, LONG_RUN ? MINUTES + " minutes" : "short run", SEED);
        recovery.awaitFreshData(begin);
        recovery.awaitReplicasInSync();
        workers.letOneDie();
        measurements.add(
                "fresh data %s ms after the start",
                Duration.between(begin, clock.instant()).toMillis());
        badRecords.publishToEachTopic();
        if (LONG_RUN) {
            injectUntilDeadline();
        } else {
            injectEachOnce();
        }
        passedTests = 1;
    }

    private void injectEachOnce() {
        FaultGenerator faults = new FaultGenerator(
                system,
                SEED,
                Duration.ofSeconds(2),
                Duration.ZERO,
                List.of(TcpProxy.CutMode.REFUSED, TcpProxy.CutMode.SILENT));
        for (InjectedFault fault : faults.shuffledFaults(TYPES)) {
            measurements.add("%s", fault);
            inject(fault);
        }
        Duration last = recovery.awaitFreshData(clock.instant());
        recovery.awaitReplicasInSync();
        measurements.add("recovered %s ms after the last fault", last.toMillis());
    }

    private void inject(InjectedFault fault) {
        fault.inject().run();
        Instant repairedAt = clock.instant().plus(fault.duration());
        await().pollInterval(Duration.ofMillis(20))
                .atMost(TIMEOUT)
                .until(() -> !clock.instant().isBefore(repairedAt));
        fault.repair().run();
    }

    private void injectUntilDeadline() {
        FaultGenerator faults = new FaultGenerator(
                system, SEED, Duration.ofSeconds(12), SESSION_PAUSE, List.of(TcpProxy.CutMode.values()));
        RecoveryTable table = new RecoveryTable();
        Instant end = clock.instant().plus(Duration.ofMinutes(MINUTES));
        while (clock.instant().isBefore(end)) {
            for (InjectedFault fault : faults.shuffledFaults(TYPES)) {
                badRecords.publishToEachTopic();
                inject(fault);
                Duration time = recovery.awaitFreshData(clock.instant());
                table.add(fault, time);
                measurements.add("%s; recovered after %s ms", fault, time.toMillis());
                recovery.awaitReplicasInSync();
            }
        }
        measurements.add("%s faults, disk %s", table.size(), system.database().hasMountedDisk() ? "real" : "simulated");
        table.writeTo(target.resolve("chaos-recovery.md"));
    }

    @Test
    @Order(2)
    void toleratesLossOfOneAndTwoBrokers() {
        requirePassed(1);
        badRecords.publishToEachTopic();
        ManagedProcess first = system.brokers().get(0);
        ManagedProcess second = system.brokers().get(1);
        first.kill();
        Duration delay = recovery.awaitFreshData(clock.instant(), LEADER_ELECTION_TIMEOUT);
        measurements.add("one broker lost: fresh data everywhere after %s ms", delay.toMillis());

        second.kill();
        Instant alone = clock.instant().plusSeconds(3);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(TIMEOUT)
                .until(() -> !clock.instant().isBefore(alone));
        second.start();
        Duration recoveryTime = recovery.awaitFreshData(clock.instant());
        measurements.add("two brokers lost: recovered %s ms after one returned", recoveryTime.toMillis());
        first.start();
        recovery.awaitReplicasInSync();
        passedTests = 2;
    }

    private void requirePassed(int expected) {
        assertThat(passedTests).as("passed tests before this one").isEqualTo(expected);
    }

    @Test
    @Order(3)
    void tablesMatchSimulatedNetwork() throws Exception {
        requirePassed(2);
        badRecords.publishToEachTopic();
        recovery.awaitFreshData(clock.instant());
        stop(ServiceRole.POLLER);
        int rows = new FinalVerification(system, badRecords, clock).verify();
        workers.stop();
        JobVerification jobs = new JobVerification(system, badRecords, workers);
        jobs.awaitAllJobs();
        stop(ServiceRole.RECORDER);
        rows += jobs.verify();
        measurements.add("%s rows are correct", rows);

        stop(ServiceRole.WRITER);
        stop(ServiceRole.EARNINGS);
        stop(ServiceRole.API);
        system.proxies().close();
        await("open database sessions").atMost(TIMEOUT).until(() -> countSessions() == 0);
        system.brokers().forEach(ManagedProcess::kill);
        system.database().stop();
        assertThat(system.database().processes()).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        passedTests = 3;
    }

    private void stop(ServiceRole role) {
        system.services(role)
                .forEach(service ->
                        assertThat(service.terminate()).as(service.name()).isEqualTo(143));
    }

    private long countSessions() {
        Long others = system.database()
                .jdbc()
                .queryForObject(
                        "select count(*) from pg_stat_activity where datname = current_database() and application_name <> ?",
                        Long.class,
                        PooledDataSource.APPLICATION_NAME);
        return others == null ? 0 : others;
    }
}
