package io.gonkapulse.localservers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Kafka ends its process when a broker cannot go on. Here that process is the user's program, so the brokers in it are
 * told instead. Kafka does not say which of them it means.
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
        LocalServerFailedException fault = new LocalServerFailedException("The Kafka broker gave up ("
                + (message == null ? "status " + status : message) + "): its log says why; it can be started again");
        LISTENERS.forEach(listener -> listener.accept(fault));
    }
}
