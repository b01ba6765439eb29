package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates {@link TopicConsumer}s. */
public final class TopicConsumerFactory {

    /**
     * Limits how long added partitions stay unread. After Kafka's default of five minutes their
     * nodes would already count as offline.
     */
    private static final int METADATA_MAX_AGE_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(TopicConsumerFactory.class);

    private final Map<String, Object> consumerSettings;
    private final TopicConsumerProperties settings;
    private final KafkaOperations<byte[], byte[]> deadLetters;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final SpanFactory spanFactory;

    public TopicConsumerFactory(
            Map<String, Object> consumerSettings,
            TopicConsumerProperties settings,
            KafkaOperations<byte[], byte[]> deadLetters,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this(consumerSettings, settings, deadLetters, jdbc, transaction, meters, SpanFactory.DISABLED);
    }

    public TopicConsumerFactory(
            Map<String, Object> consumerSettings,
            TopicConsumerProperties settings,
            KafkaOperations<byte[], byte[]> deadLetters,
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            MeterRegistry meters,
            SpanFactory spanFactory) {
        this.consumerSettings = consumerSettings;
        this.settings = settings;
        this.deadLetters = deadLetters;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.meters = meters;
        this.spanFactory = spanFactory;
    }

    /** Creates a consumer with the configured number of threads. */
    public <W> TopicConsumer create(KafkaTopic topic, String group, BatchHandler<W> handler) {
        return create(topic, group, handler, settings.threads());
    }

    public <W> TopicConsumer create(KafkaTopic topic, String group, BatchHandler<W> handler, int threads) {
        BatchProcessor<W> processor = new BatchProcessor<>(
                handler,
                new DeadLetterPublisher(deadLetters, topic, group),
                new ConsumerOffsetRepository(
                        jdbc,
                        group,
                        topic.name(),
                        new TopicMetadataReader(consumerSettings, topic.name())::topicId,
                        LOG::error),
                transaction,
                new TopicConsumerMetrics(meters, topic.name()));
        BatchTracer tracer = new BatchTracer(spanFactory, topic.name(), group);
        return new TopicConsumer(
                topic,
                group,
                container(topic, group, new TopicConsumerListener(topic.name(), processor, tracer), threads));
    }

    private ConcurrentMessageListenerContainer<byte[], byte[]> container(
            KafkaTopic topic, String group, TopicConsumerListener listener, int threads) {
        ContainerProperties properties = new ContainerProperties(topic.name());
        properties.setGroupId(group);
        properties.setMessageListener(listener);
        properties.setConsumerRebalanceListener(listener);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setSyncCommits(false);
        properties.setCommitCallback(TopicConsumerFactory::logCommitFailure);
        properties.setMissingTopicsFatal(false);
        // Retries after failed authentication: during a password change or after a certificate
        // expired. By default the container would stop for good.
        properties.setAuthExceptionRetryInterval(settings.maxBackOff());
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers = SizeLimitedConsumerFactory.createFactory(
                consumerSettings(group, topic), settings.maxUncompressedBatch().toBytes());
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                new ConcurrentMessageListenerContainer<>(consumers, properties);
        container.setBeanName(topic.name());
        container.setConcurrency(threads);
        container.setAutoStartup(false);
        container.setCommonErrorHandler(retryForever());
        return container;
    }

    /**
     * The database holds the authoritative offsets. A failed commit to Kafka, as in each rebalance,
     * is repaired by the next batch.
     */
    private static void logCommitFailure(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null) {
            LOG.debug("Committing the offsets {} to Kafka failed", offsets, failure);
        }
    }

    /**
     * The batch processor dead-letters bad records itself, so every exception that reaches the
     * container is transient and is retried without end.
     */
    private DefaultErrorHandler retryForever() {
        DefaultErrorHandler handler = new DefaultErrorHandler(settings.backOff());
        handler.setSeekAfterError(false);
        handler.setLogLevel(KafkaException.Level.WARN);
        handler.setClassifications(Map.of(), true);
        return handler;
    }

    private Map<String, Object> consumerSettings(String group, KafkaTopic topic) {
        Map<String, Object> all = new HashMap<>(consumerSettings);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // An automatically created topic would have the broker's default retention and lose
        // history.
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxRecords());
        all.put(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Math.toIntExact(settings.maxPartitionFetch().toBytes()));
        all.putIfAbsent(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        all.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
        all.putIfAbsent(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MILLIS);
        all.put(ConsumerConfig.CLIENT_ID_CONFIG, group + "-" + topic.name());
        all.computeIfPresent(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, (key, id) -> id + "-" + topic.name());
        return all;
    }
}
