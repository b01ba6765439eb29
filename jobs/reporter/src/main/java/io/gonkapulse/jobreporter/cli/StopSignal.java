package io.gonkapulse.jobreporter.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passes SIGTERM, SIGINT and SIGHUP to the command and lets this program live until it has reported the end. The JVM
 * would otherwise end with an exit code of its own.
 */
final class StopSignal {

    private final CountDownLatch received = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "jobs-stop");
    private volatile @Nullable Process command;
    private volatile int exitCode;

    private StopSignal() {}

    static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Call after the start of the command, which may be later than the signal. */
    void passTo(Process started) {
        command = started;
        if (wasReceived()) {
            started.destroy();
        }
    }

    boolean wasReceived() {
        return received.getCount() == 0;
    }

    /** A terminal sends its signal to the command, too, whose end may be seen here before the signal. */
    boolean awaitReceived(long millis) throws InterruptedException {
        return received.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends the wait of the hook. */
    void release(int code) {
        exitCode = code;
        released.countDown();
        if (!wasReceived()) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal arrived after the end of the command, whose exit code is returned in either way.
        }
    }

    private void onShutdown() {
        received.countDown();
        Process started = command;
        if (started != null) {
            started.destroy();
        }
        try {
            released.await();
            Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
