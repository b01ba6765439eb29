package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.KafkaTopic;
import java.util.concurrent.CountDownLatch;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Consumer of one topic. It joins its group when it is started. */
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

    /**
     * Starts consuming. May be called again after an exception, for example if the broker's name
     * does not resolve yet.
     */
    public void start() {
        container.start();
    }

    /** Finishes the current batches, commits, leaves the group, and returns when that is done. */
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

    /** Returns false if the consumer stopped without {@link #stop} being called. */
    public boolean isInExpectedState() {
        return container.isInExpectedState();
    }
}
