package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** A started broker. Kafka's own object cannot be started twice, so each start creates a new one. */
final class RunningBroker {

    private static final int START_TIMEOUT_SECONDS = 90;
    private static final int STOP_TIMEOUT_SECONDS = 30;

    private final CompletableFuture<Void> failedStart = new CompletableFuture<>();
    private final Consumer<LocalServerFailedException> listener;
    private volatile @Nullable KafkaRaftServer server;

    private RunningBroker(Consumer<LocalServerFailedException> onFailure) {
        listener = failure -> {
            if (!failedStart.completeExceptionally(failure)) {
                onFailure.accept(failure);
            }
        };
    }

    static RunningBroker start(LocalBrokerSettings settings, Consumer<LocalServerFailedException> onFailure) {
        RunningBroker broker = new RunningBroker(onFailure);
        BrokerExitHandler.addListener(broker.listener);
        try {
            CompletableFuture<Void> start = runInThread(() -> broker.startUp(settings));
            await(CompletableFuture.anyOf(start, broker.failedStart), START_TIMEOUT_SECONDS, "start");
            broker.failedStart.complete(null);
            return broker;
        } catch (LocalServerFailedException e) {
            broker.stopAfterFailure(e);
            throw e;
        }
    }

    /** Formats the directory of the log segments once, with the cluster id. */
    static Path prepareDataDirectory(Path home, ClusterMember member) throws IOException {
        Path data = home.resolve("data");
        DirectorySupport.createAtomically(data, draft -> formatLogDirectory(draft, member));
        return data;
    }

    private static void formatLogDirectory(Path directory, ClusterMember member) throws IOException {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setClusterId(member.clusterId())
                    .setNodeId(member.nodeId())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(LocalBrokerSettings.CONTROLLER_LISTENER)
                    .setHasDynamicQuorum(false)
                    .setPrintStream(silent)
                    .run();
        } catch (Exception e) { // the formatter declares nothing narrower
            throw new IOException("Kafka could not format " + directory, e);
        }
    }

    void stop() {
        try {
            await(runInThread(this::shutDown), STOP_TIMEOUT_SECONDS, "stop");
        } finally {
            BrokerExitHandler.removeListener(listener);
        }
    }

    private void startUp(LocalBrokerSettings settings) {
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings.toMap(), false), Time.SYSTEM);
        server = starting;
        starting.startup();
    }

    private void shutDown() {
        KafkaRaftServer stopping = server;
        if (stopping != null) {
            stopping.shutdown();
            stopping.awaitShutdown();
        }
    }

    private void stopAfterFailure(LocalServerFailedException failure) {
        try {
            stop();
        } catch (LocalServerFailedException e) {
            failure.addSuppressed(e);
        }
    }

    /** Runs in a daemon thread, because a failed start of Kafka may block its thread forever. */
    private static CompletableFuture<Void> runInThread(Runnable work) {
        return CompletableFuture.runAsync(work, command -> {
            Thread thread = new Thread(command, "local-broker");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void await(CompletableFuture<?> done, int seconds, String what) {
        try {
            done.get(seconds, SECONDS);
        } catch (ExecutionException e) {
            throw new LocalServerFailedException(
                    "The Kafka broker did not " + what + ": " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new LocalServerFailedException(
                    "The Kafka broker did not " + what + " within " + seconds + " s: see its log for the cause", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted before the Kafka broker could " + what, e);
        }
    }

    /**
     * Replaces Kafka's process exit by a notification. Kafka exits the JVM on a fatal broker error; here that JVM is the
     * user's program. Kafka does not name the failed broker, so every broker of this JVM is notified.
     */
    private static final class BrokerExitHandler {

        private static final Set<Consumer<LocalServerFailedException>> LISTENERS = ConcurrentHashMap.newKeySet();

        private BrokerExitHandler() {}

        static void addListener(Consumer<LocalServerFailedException> listener) {
            LISTENERS.add(listener);
            Exit.setExitProcedure(BrokerExitHandler::report);
            Exit.setHaltProcedure(BrokerExitHandler::report);
        }

        static void removeListener(Consumer<LocalServerFailedException> listener) {
            LISTENERS.remove(listener);
        }

        private static void report(int status, @Nullable String message) {
            LocalServerFailedException failure = new LocalServerFailedException(
                    "The Kafka broker failed (" + (message == null ? "status " + status : message)
                            + "): see its log for the cause; it can be restarted");
            LISTENERS.forEach(listener -> listener.accept(failure));
        }
    }
}
