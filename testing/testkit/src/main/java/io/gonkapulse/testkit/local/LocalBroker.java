package io.gonkapulse.testkit.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker, its own controller, inside this process, with its topics, records and groups in one directory.
 * Only this machine reaches it. It makes no topic that nobody declared.
 */
public final class LocalBroker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LocalBroker.class.getName());

    private final Path home;
    private final int port;
    private final Consumer<LocalServerFailedException> onFault;
    private final @Nullable BrokerSeat seat;
    private final List<BrokerDoor> doors;
    private final Map<String, String> more = new HashMap<>();
    private @Nullable Running running;

    /** Port 0 takes a free one, and keeps it. */
    public LocalBroker(Path home, int port) {
        this(home, port, LocalBroker::log);
    }

    /** A broker that has started and then cannot go on, because its disk is full or broken, says so {@code onFault}. */
    public LocalBroker(Path home, int port, Consumer<LocalServerFailedException> onFault) {
        this(home, port == 0 ? LoopbackPort.free() : port, onFault, null, List.of());
    }

    /** At its seat in a cluster. */
    LocalBroker(Path home, int port, BrokerSeat seat, List<BrokerDoor> doors) {
        this(home, port, LocalBroker::log, seat, doors);
    }

    private LocalBroker(
            Path home,
            int port,
            Consumer<LocalServerFailedException> onFault,
            @Nullable BrokerSeat seat,
            List<BrokerDoor> doors) {
        this.home = home;
        this.port = port;
        this.onFault = onFault;
        this.seat = seat;
        this.doors = new ArrayList<>(doors);
    }

    private static void log(LocalServerFailedException fault) {
        LOG.log(System.Logger.Level.ERROR, fault.getMessage());
    }

    /**
     * One more way in, on a port of its own, beside the plain one; to be called before the start.
     *
     * @param protocol SSL or SASL_SSL
     * @param settings of the broker, by Kafka's names
     */
    public synchronized LocalBroker withDoor(String protocol, Map<String, String> settings) {
        int door = LoopbackPort.freeBeside(port);
        doors.add(new BrokerDoor(protocol, protocol, door, door));
        more.putAll(settings);
        return this;
    }

    /** One more setting of the broker, by Kafka's name; to be called before the start. */
    public synchronized LocalBroker with(String setting, String value) {
        more.put(setting, value);
        return this;
    }

    /** Where this way in is. */
    public synchronized String bootstrapServers(String protocol) {
        return doors.stream()
                .filter(door -> door.name().equals(protocol))
                .map(door -> LoopbackPort.HOST + ":" + door.port())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no door for " + protocol));
    }

    /**
     * Returns when the broker answers.
     *
     * @throws PortTakenException if something else listens on the port
     * @throws DirectoryRefusedException if the directory is in use or someone else's
     * @throws LocalServerFailedException if the broker does not start for another reason
     */
    public synchronized LocalBroker start() {
        if (running == null) {
            LockedDirectory directory = LockedDirectory.open(home);
            try {
                running = new Running(directory, startedIn(directory.path()));
            } catch (IOException e) {
                throw new UncheckedIOException("Could not start Kafka in " + home, e);
            } finally {
                if (running == null) {
                    directory.close();
                }
            }
        }
        return this;
    }

    /** Topics, records and groups stay. */
    public synchronized void stop() {
        if (running != null) {
            Running stopping = running;
            running = null;
            try {
                stopping.broker.stop();
            } finally {
                stopping.directory.close();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    private RunningBroker startedIn(Path directory) throws IOException {
        LoopbackPort.requireFree("Kafka", port);
        BrokerSeat taken = seat == null ? BrokerSeat.alone(LoopbackPort.freeBeside(port)) : seat;
        BrokerSettings settings = new BrokerSettings(BrokerData.in(directory, taken), port, taken, doors, more);
        return RunningBroker.start(settings, onFault);
    }

    private record Running(LockedDirectory directory, RunningBroker broker) {}
}
