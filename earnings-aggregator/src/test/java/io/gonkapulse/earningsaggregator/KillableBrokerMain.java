package io.gonkapulse.earningsaggregator;

import io.gonkapulse.localservers.LocalBroker;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a separate process, so that it can be killed. */
final class KillableBrokerMain {

    private KillableBrokerMain() {}

    /** Returns when the broker has started. */
    static ProgramProcess start(Path home, int port) {
        ProgramProcess broker = ProgramProcess.of(KillableBrokerMain.class)
                .arguments(home.toString(), String.valueOf(port))
                .start();
        broker.awaitLine("^started$");
        return broker;
    }

    public static void main(String[] arguments) throws InterruptedException {
        new LocalBroker(Path.of(arguments[0]), Integer.parseInt(arguments[1])).start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
