package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
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
}
