package io.gonkapulse.chaos;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Generates faults; the seed alone determines type, target and duration. */
final class FaultGenerator {

    /** Only faults that do not change counters: wrong counters would look like valid data. */
    private static final List<EndpointFault> SIMULATED_FAULTS = List.of(
            EndpointFault.SERVICE_UNAVAILABLE,
            EndpointFault.TOO_MANY_REQUESTS,
            EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER,
            EndpointFault.RESET_MID_BODY,
            EndpointFault.TRUNCATED_JSON,
            EndpointFault.HTML_WITH_STATUS_200,
            EndpointFault.SLOW_BODY,
            EndpointFault.ENDLESS_BODY,
            EndpointFault.EMPTY_PARTICIPANTS,
            EndpointFault.INVALID_UTF8,
            EndpointFault.MALFORMED_PARTICIPANT,
            EndpointFault.REDIRECT_LOOP,
            EndpointFault.STALE_DATA,
            EndpointFault.OLDER_HEIGHT);

    private static final List<ServiceRole> KAFKA_SERVICES =
            List.of(ServiceRole.POLLER, ServiceRole.WRITER, ServiceRole.EARNINGS, ServiceRole.RECORDER);
    private static final List<ServiceRole> DATABASE_SERVICES =
            List.of(ServiceRole.WRITER, ServiceRole.EARNINGS, ServiceRole.RECORDER, ServiceRole.API);

    private final SystemUnderTest system;
    private final Random random;
    private final Duration maxDuration;
    private final Duration extraPause;
    private final List<TcpProxy.CutMode> cutModes;

    /**
     * Creates faults for a system.
     *
     * @param maxDuration longest duration of a fault
     * @param extraPause additional duration of a service pause
     * @param cuts possible kinds of network outages
     */
    FaultGenerator(
            SystemUnderTest system, long seed, Duration maxDuration, Duration extraPause, List<TcpProxy.CutMode> cuts) {
        this.system = system;
        this.random = new Random(seed);
        this.maxDuration = maxDuration;
        this.extraPause = extraPause;
        this.cutModes = List.copyOf(cuts);
    }

    /** Returns one fault of each type, in random order. */
    List<InjectedFault> shuffledFaults(Collection<InjectedFault.FaultType> types) {
        List<InjectedFault.FaultType> shuffled = new ArrayList<>(types);
        Collections.shuffle(shuffled, random);
        return shuffled.stream().map(this::create).toList();
    }

    private InjectedFault create(InjectedFault.FaultType type) {
        return switch (type) {
            case KILL_POLLER -> kill(type, ServiceRole.POLLER);
            case KILL_WRITER -> kill(type, ServiceRole.WRITER);
            case KILL_EARNINGS -> kill(type, ServiceRole.EARNINGS);
            case KILL_RECORDER -> kill(type, ServiceRole.RECORDER);
            case KILL_API -> kill(type, ServiceRole.API);
            case KILL_DATABASE -> fault(type, "", system.database()::kill, system.database()::start);
            case KILL_BROKER -> killBrokers(type, 1);
            case KILL_TWO_BROKERS -> killBrokers(type, 2);
            case KILL_ALL_BROKERS -> killBrokers(type, SystemUnderTest.BROKERS);
            case PAUSE_SERVICE -> pause(type, pick(system.services().toList())).extendedBy(extraPause);
            case PAUSE_DATABASE -> fault(type, "", system.database()::pause, system.database()::resume);
            case PAUSE_BROKER -> pause(type, pick(system.brokers()));
            case CUT_TRACKER ->
                cut(
                        type,
                        "both trackers",
                        List.of(system.proxies().toTracker(), system.proxies().toChain()));
            case CUT_KAFKA -> {
                ServiceRole role = pick(KAFKA_SERVICES);
                yield cut(type, role.service(), system.proxies().toKafka(role));
            }
            case CUT_DATABASE -> {
                ServiceRole role = pick(DATABASE_SERVICES);
                yield cut(type, role.service(), system.proxies().toDatabase(role));
            }
            case TRACKER_FAULTS -> trackerFaults(type);
            case CLOCK_STEP -> clockStep(type);
            case DISK_FULL ->
                fault(
                        type,
                        system.database().hasMountedDisk() ? "tmpfs of the tables" : "simulated by a trigger",
                        system.database()::fillDisk,
                        system.database()::clearDisk);
        };
    }

    private InjectedFault kill(InjectedFault.FaultType type, ServiceRole role) {
        ManagedProcess process = pick(system.services(role));
        return fault(type, process.name(), process::kill, process::start);
    }

    private InjectedFault killBrokers(InjectedFault.FaultType type, int count) {
        List<ManagedProcess> brokers = new ArrayList<>(system.brokers());
        Collections.shuffle(brokers, random);
        List<ManagedProcess> chosen = List.copyOf(brokers.subList(0, count));
        return fault(type, names(chosen), each(chosen, ManagedProcess::kill), each(chosen, ManagedProcess::start));
    }

    private static String names(List<ManagedProcess> processes) {
        return String.join(", ", processes.stream().map(ManagedProcess::name).toList());
    }

    private InjectedFault pause(InjectedFault.FaultType type, ManagedProcess process) {
        return fault(type, process.name(), process::pause, process::resume);
    }

    private InjectedFault cut(InjectedFault.FaultType type, String target, List<TcpProxy> proxies) {
        TcpProxy.CutMode mode = pick(cutModes);
        return fault(
                type, target + ", " + mode, each(proxies, proxy -> proxy.cut(mode)), each(proxies, TcpProxy::restore));
    }

    private InjectedFault trackerFaults(InjectedFault.FaultType type) {
        EndpointFault trackerFault = pick(SIMULATED_FAULTS);
        EndpointFault chainFault = pick(SIMULATED_FAULTS);
        return fault(
                type,
                trackerFault + " of the tracker, " + chainFault + " of the chain node",
                () -> {
                    system.network().tracker().injectFaults(trackerFault);
                    system.network().chain().injectFaults(chainFault);
                },
                () -> {
                    system.network().tracker().removeAllFaults();
                    system.network().chain().removeAllFaults();
                });
    }

    /** Steps the clock, and afterwards roughly back. */
    private InjectedFault clockStep(InjectedFault.FaultType type) {
        Duration first = Duration.ofMinutes(random.nextInt(-40, 40));
        Duration second = first.negated().plusMinutes(random.nextInt(-10, 10));
        ChainClock clock = system.network().trackerClock();
        return fault(
                type,
                first.toMinutes() + " then " + second.toMinutes() + " minutes",
                () -> clock.jump(first),
                () -> clock.jump(second));
    }

    private InjectedFault fault(InjectedFault.FaultType type, String target, Runnable inject, Runnable repair) {
        long maxMillis = maxDuration.toMillis();
        return new InjectedFault(
                type, target, Duration.ofMillis(maxMillis / 4 + random.nextLong(maxMillis * 3 / 4)), inject, repair);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static <T> Runnable each(List<T> all, Consumer<T> action) {
        return () -> all.forEach(action);
    }
}
