package io.gonkapulse.localservers;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Runs Kafka's start and stop in daemon threads with a timeout. A failed start of Kafka may block its thread
 * forever.
 */
final class BrokerTaskRunner {

    private BrokerTaskRunner() {}

    static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, command -> {
            Thread thread = new Thread(command, "local-broker");
            thread.setDaemon(true);
            thread.start();
        });
    }

    static void await(CompletableFuture<?> done, int seconds, String what) {
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
