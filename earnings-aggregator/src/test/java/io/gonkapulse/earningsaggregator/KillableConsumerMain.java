package io.gonkapulse.earningsaggregator;

import io.gonkapulse.testkit.junit.PooledDataSource;
import io.gonkapulse.testkit.process.ProgramProcess;
import java.util.concurrent.CountDownLatch;

/**
 * The consumer without the rest of the service, so that it starts in a second and can be killed often. A fixed group
 * instance id lets a new process take over the partitions at once.
 */
final class KillableConsumerMain {

    private KillableConsumerMain() {}

    /** Returns when the consumer has started. */
    static ProgramProcess start(String bootstrapServers, String jdbcUrl, String username) {
        ProgramProcess consumer = ProgramProcess.of(KillableConsumerMain.class)
                .arguments(bootstrapServers, jdbcUrl, username)
                .start();
        consumer.awaitLine("^started$");
        return consumer;
    }

    public static void main(String[] arguments) throws InterruptedException {
        KillableConsumerConfiguration.createConsumer(arguments[0], new PooledDataSource(arguments[1], arguments[2], ""))
                .start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
