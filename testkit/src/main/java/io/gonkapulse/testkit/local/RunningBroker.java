package io.gonkapulse.testkit.local;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A broker between its start and its stop; Kafka's own object cannot be started twice. */
final class RunningBroker {

    private static final int SECONDS_TO_START = 90;
    private static final int SECONDS_TO_STOP = 30;

    private final KafkaRaftServer server;
    private final CompletableFuture<Void> failedStart = new CompletableFuture<>();
    private final Consumer<LocalServerFailedException> listener;

    private RunningBroker(BrokerSettings settings, Consumer<LocalServerFailedException> onFault) {
        server = new KafkaRaftServer(new KafkaConfig(settings.asMap(), false), Time.SYSTEM);
        listener = fault -> {
            if (!failedStart.completeExceptionally(fault)) {
                onFault.accept(fault);
            }
        };
    }

    static RunningBroker start(BrokerSettings settings, Consumer<LocalServerFailedException> onFault) {
        RunningBroker broker = new RunningBroker(settings, onFault);
        BrokerFaults.listen(broker.listener);
        try {
            broker.awaitStart();
            return broker;
        } catch (LocalServerFailedException e) {
            broker.stopAfter(e);
            throw e;
        }
    }

    void stop() {
        try {
            inThread("kafka-stop", () -> {
                        server.shutdown();
                        server.awaitShutdown();
                    })
                    .get(SECONDS_TO_STOP, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new LocalServerFailedException("The Kafka broker did not stop cleanly: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted while the Kafka broker stopped", e);
        } finally {
            BrokerFaults.stopListening(listener);
        }
    }

    private void stopAfter(LocalServerFailedException failure) {
        try {
            stop();
        } catch (LocalServerFailedException e) {
            failure.addSuppressed(e);
        }
    }

    private void awaitStart() {
        try {
            CompletableFuture.anyOf(inThread("kafka-start", server::startup), failedStart)
                    .get(SECONDS_TO_START, SECONDS);
            failedStart.complete(null);
        } catch (ExecutionException e) {
            throw new LocalServerFailedException("The Kafka broker did not start: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new LocalServerFailedException(
                    "The Kafka broker did not start within " + SECONDS_TO_START + " s: its log says why", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerFailedException("Interrupted while the Kafka broker started", e);
        }
    }

    /** Kafka may hang in a start that has failed; so nobody's own thread goes in. */
    private static CompletableFuture<Void> inThread(String name, Runnable work) {
        return CompletableFuture.runAsync(work, command -> {
            Thread thread = new Thread(command, name);
            thread.setDaemon(true);
            thread.start();
        });
    }
}
