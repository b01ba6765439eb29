package io.gonkapulse.workercore.consumer;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.KafkaClient;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.clients.consumer.internals.SubscriptionState.FetchPosition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Creates consumers that never decompress a batch beyond a limit. Kafka has neither a setting nor
 * an extension point for that, so this class wraps the network client inside the consumer.
 *
 * <p>It relies on private fields of Kafka's client. If a release renames them, creation fails, and
 * a test fails before that.
 */
public final class SizeLimitedConsumerFactory {

    private SizeLimitedConsumerFactory() {}

    /**
     * Creates a consumer that also reports transaction markers.
     *
     * @param limit maximum uncompressed size of a batch, in bytes
     * @param markers receives the offsets of transaction markers, which hold no record; again if they are fetched again
     */
    public static <K, V> KafkaConsumer<K, V> create(
            Map<String, Object> settings,
            Deserializer<K> keys,
            Deserializer<V> values,
            long limit,
            ObjLongConsumer<TopicPartition> markers) {
        return limitFetches(new KafkaConsumer<>(withClassicProtocol(settings), keys, values), limit, markers);
    }

    /** Creates a factory for a listener container. */
    public static <K, V> DefaultKafkaConsumerFactory<K, V> createFactory(Map<String, Object> settings, long limit) {
        return new DefaultKafkaConsumerFactory<>(withClassicProtocol(settings)) {
            @Override
            protected KafkaConsumer<K, V> createRawConsumer(Map<String, Object> all) {
                return limitFetches(
                        (KafkaConsumer<K, V>) super.createRawConsumer(all), limit, (partition, offset) -> {});
            }
        };
    }

    private static Map<String, Object> withClassicProtocol(Map<String, Object> settings) {
        Map<String, Object> classic = new HashMap<>(settings);
        classic.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
        return classic;
    }

    private static <K, V> KafkaConsumer<K, V> limitFetches(
            KafkaConsumer<K, V> consumer, long limit, ObjLongConsumer<TopicPartition> markers) {
        try {
            Object delegate = value(KafkaConsumer.class, "delegate", consumer);
            SubscriptionState subscriptions = (SubscriptionState) value(delegate.getClass(), "subscriptions", delegate);
            Object network = value(delegate.getClass(), "client", delegate);
            Field client = field(network.getClass(), "client");
            FetchSizeLimiter limiter = new FetchSizeLimiter(
                    limit,
                    partition -> {
                        FetchPosition position = subscriptions.positionOrNull(partition);
                        return position == null ? null : position.offset;
                    },
                    markers);
            client.set(network, new SizeLimitedKafkaClient((KafkaClient) client.get(network), limiter));
            return consumer;
        } catch (ReflectiveOperationException | ClassCastException e) {
            consumer.close();
            throw new IllegalStateException(
                    "This release of the Kafka client does not have the private fields that the size limit of fetches"
                            + " relies on: use the release that the program was built with",
                    e);
        }
    }

    private static Object value(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        return field(type, name).get(owner);
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
