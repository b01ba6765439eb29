package io.gonkapulse.workercore.deadletter;

import io.gonkapulse.contracts.KafkaTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.kafka.core.KafkaOperations;

/** Publishes dead letters and waits until the broker has acknowledged them. */
public final class DeadLetterPublisher {

    /** Larger records are dead-lettered without key and value. */
    public static final int MAX_BYTES = 16 << 20;

    private final KafkaOperations<byte[], byte[]> kafka;
    private final String topic;
    private final String group;

    public DeadLetterPublisher(KafkaOperations<byte[], byte[]> kafka, KafkaTopic source, String group) {
        this.kafka = kafka;
        this.topic = source.deadLetterTopic(group).name();
        this.group = group;
    }

    /**
     * Publishes all dead letters. After an exception some may have been sent and will be sent
     * again.
     *
     * @throws KafkaException if the broker does not acknowledge them
     */
    public void publish(List<DeadLetter> deadLetters) {
        List<CompletableFuture<?>> sends = new ArrayList<>();
        deadLetters.forEach(deadLetter -> sends.add(send(deadLetter.toRecord(topic, group))));
        for (int i = 0; i < sends.size(); i++) {
            await(sends.get(i), deadLetters.get(i));
        }
    }

    /**
     * The producer throws its own refusals, such as a record beyond max.request.size, instead of
     * failing the future.
     */
    private CompletableFuture<?> send(ProducerRecord<byte[], byte[]> record) {
        try {
            return kafka.send(record);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void await(CompletableFuture<?> sent, DeadLetter deadLetter) {
        try {
            sent.join();
        } catch (CompletionException e) {
            if (!isTooLarge(e)) {
                throw new KafkaException("Publishing dead letters failed", e.getCause());
            }
            await(send(deadLetter.withoutKeyAndValue().toRecord(topic, group)), deadLetter);
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}
