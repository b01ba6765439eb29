package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.KafkaTopic;
import java.util.concurrent.CountDownLatch;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The consumer of one topic: built, but not in its group until it is started. */
public final class TopicConsumer {

    private final KafkaTopic topic;
    private final String group;
    private final ConcurrentMessageListenerContainer<byte[], byte[]> container;

    TopicConsumer(KafkaTopic topic, String group, ConcurrentMessageListenerContainer<byte[], byte[]> container) {
        this.topic = topic;
        this.group = group;
        this.container = container;
    }

    public KafkaTopic topic() {
        return topic;
    }

    public String group() {
        return group;
    }

    /** May be called again after it threw: a broker whose name does not resolve yet is no reason to give up. */
    public void start() {
        container.start();
    }

    /** Finishes the batches in hand, commits, leaves the group; returns when that is done. */
    public void stop() {
        CountDownLatch stopped = new CountDownLatch(1);
        container.stop(stopped::countDown);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    /** False for a consumer that stopped without being told to. */
    public boolean isInExpectedState() {
        return container.isInExpectedState();
    }
}
