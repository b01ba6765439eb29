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
 * A real Kafka broker with its own controller (KRaft) inside this JVM. One directory holds its topics, records and
 * groups. It listens on the loopback interface only and does not create topics automatically. Thread-safe.
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

    /** @param port 0 selects a free port, which the broker keeps across restarts */
    public LocalBroker(Path home, int port) {
        this(home, port, LocalBroker::log);
    }

    /** @param onFailure receives the failure of a running broker, for example of a full disk */
    public LocalBroker(Path home, int port, Consumer<LocalServerFailedException> onFailure) {
        this(home, port == 0 ? LoopbackPort.findFree() : port, onFailure, null, List.of());
    }

    /** A member of a cluster. */
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

    private static void log(LocalServerFailedException failure) {
        LOG.log(System.Logger.Level.ERROR, failure.getMessage());
    }

    /**
     * Adds a listener on a port of its own beside the plaintext one. Call it before {@link #start}.
     *
     * @param protocol SSL or SASL_SSL
     * @param settings broker settings by Kafka's names
     */
    public synchronized LocalBroker withListener(String protocol, Map<String, String> settings) {
        int listenerPort = LoopbackPort.findFreeExcept(port);
        listeners.add(new BrokerListener(protocol, protocol, listenerPort, listenerPort));
        extraSettings.putAll(settings);
        return this;
    }

    /** Sets a broker setting by Kafka's name. Call it before {@link #start}. */
    public synchronized LocalBroker withSetting(String setting, String value) {
        extraSettings.put(setting, value);
        return this;
    }

    /** Returns the address of an additional listener. */
    public synchronized String bootstrapServers(String protocol) {
        return listeners.stream()
                .filter(listener -> listener.name().equals(protocol))
                .map(listener -> LoopbackPort.HOST + ":" + listener.port())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Expected a protocol added by withListener, got " + protocol));
    }

    /**
     * Starts the broker and waits until it accepts requests. Does nothing if it is running.
     *
     * @throws PortInUseException if another process listens on the port
     * @throws DirectoryRefusedException if the directory is in use or belongs to another user
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

    /** Stops the broker and keeps its topics, records and groups. */
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
        ClusterMember self = member == null ? ClusterMember.standalone(LoopbackPort.findFreeExcept(port)) : member;
        LocalBrokerSettings settings = new LocalBrokerSettings(
                RunningBroker.prepareDataDirectory(directory, self), port, self, listeners, extraSettings);
        return RunningBroker.start(settings, onFailure);
    }

    private record StartedBroker(LockedDirectory directory, RunningBroker broker) {}
}
