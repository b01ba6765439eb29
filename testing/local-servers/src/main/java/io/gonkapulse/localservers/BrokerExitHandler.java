package io.gonkapulse.localservers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Replaces Kafka's process exit by a notification. Kafka exits the JVM on a fatal broker error; here that JVM is the
 * user's program. Kafka does not name the failed broker, so every broker of this JVM is notified.
 */
final class BrokerExitHandler {

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
