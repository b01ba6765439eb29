package io.gonkapulse.testkit.local;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/** A broker between its start and its stop; Kafka's own object cannot be started twice. */
final class RunningBroker {

    private static final int SECONDS_TO_START = 90;
    private static final int SECONDS_TO_STOP = 30;

    private final CompletableFuture<Void> failedStart = new CompletableFuture<>();
    private final Consumer<LocalServerFailedException> listener;
    private volatile @Nullable KafkaRaftServer server;

    private RunningBroker(Consumer<LocalServerFailedException> onFault) {
        listener = fault -> {
            if (!failedStart.completeExceptionally(fault)) {
                onFault.accept(fault);
            }
        };
    }

    static RunningBroker start(BrokerSettings settings, Consumer<LocalServerFailedException> onFault) {
        RunningBroker broker = new RunningBroker(onFault);
        BrokerFaults.listen(broker.listener);
        try {
            CompletableFuture<Void> start = BrokerThread.run(() -> broker.startUp(settings));
            BrokerThread.await(CompletableFuture.anyOf(start, broker.failedStart), SECONDS_TO_START, "start");
            broker.failedStart.complete(null);
            return broker;
        } catch (LocalServerFailedException e) {
            broker.stopAfter(e);
            throw e;
        }
    }

    void stop() {
        try {
            BrokerThread.await(BrokerThread.run(this::shutDown), SECONDS_TO_STOP, "stop");
        } finally {
            BrokerFaults.stopListening(listener);
        }
    }

    private void startUp(BrokerSettings settings) {
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings.asMap(), false), Time.SYSTEM);
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

    private void stopAfter(LocalServerFailedException failure) {
        try {
            stop();
        } catch (LocalServerFailedException e) {
            failure.addSuppressed(e);
        }
    }
}
