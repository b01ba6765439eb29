package io.gonkapulse.localservers;

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
    private final Consumer<LocalServerFailedException> onFailure;
    private final @Nullable ClusterMember member;
    private final List<BrokerListener> listeners;
    private final Map<String, String> extraSettings = new HashMap<>();
    private @Nullable StartedBroker running;

    /** Port 0 takes a free one, and keeps it. */
    public LocalBroker(Path home, int port) {
        this(home, port, LocalBroker::log);
    }

    /** A broker that has started and then cannot go on, because its disk is full or broken, says so {@code onFault}. */
    public LocalBroker(Path home, int port, Consumer<LocalServerFailedException> onFailure) {
        this(home, port == 0 ? LoopbackPort.findFree() : port, onFailure, null, List.of());
    }

    /** At its seat in a cluster. */
    LocalBroker(Path home, int port, ClusterMember member, List<BrokerListener> listeners) {
        this(home, port, LocalBroker::log, member, listeners);
    }

    private LocalBroker(
            Path home,
            int port,
            Consumer<LocalServerFailedException> onFailure,
            @Nullable ClusterMember member,
            List<BrokerListener> listeners) {
        this.home = home;
        this.port = port;
        this.onFailure = onFailure;
        this.member = member;
        this.listeners = new ArrayList<>(listeners);
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
    public synchronized LocalBroker withListener(String protocol, Map<String, String> settings) {
        int listener = LoopbackPort.findFreeExcept(port);
        listeners.add(new BrokerListener(protocol, protocol, listener, listener));
        extraSettings.putAll(settings);
        return this;
    }

    /** One more setting of the broker, by Kafka's name; to be called before the start. */
    public synchronized LocalBroker withSetting(String setting, String value) {
        extraSettings.put(setting, value);
        return this;
    }

    /** Where this way in is. */
    public synchronized String bootstrapServers(String protocol) {
        return listeners.stream()
                .filter(door -> door.name().equals(protocol))
                .map(door -> LoopbackPort.HOST + ":" + door.port())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no door for " + protocol));
    }

    /**
     * Returns when the broker answers.
     *
     * @throws PortInUseException if something else listens on the port
     * @throws DirectoryRefusedException if the directory is in use or someone else's
     * @throws LocalServerFailedException if the broker does not start for another reason
     */
    public synchronized LocalBroker start() {
        if (running == null) {
            LockedDirectory directory = LockedDirectory.open(home);
            try {
                running = new StartedBroker(directory, startIn(directory.path()));
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
            StartedBroker stopping = running;
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

    private RunningBroker startIn(Path directory) throws IOException {
        LoopbackPort.requireFree("Kafka", port);
        ClusterMember taken = member == null ? ClusterMember.standalone(LoopbackPort.findFreeExcept(port)) : member;
        LocalBrokerSettings settings = new LocalBrokerSettings(
                BrokerDataDirectory.prepareIn(directory, taken), port, taken, listeners, extraSettings);
        return RunningBroker.start(settings, onFailure);
    }

    private record StartedBroker(LockedDirectory directory, RunningBroker broker) {}
}
