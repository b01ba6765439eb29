package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.servicekit.tracing.SpanFactory;
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

/** Builds intakes out of what a Spring context has. */
public final class TopicConsumerFactory {

    /** Partitions that were added are read so soon; after Kafka's own five minutes their nodes would have seemed silent. */
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

    /** An intake with as many threads as the settings say. */
    public <W> TopicConsumer create(KafkaTopic topic, String group, BatchHandler<W> handler) {
        return create(topic, group, handler, settings.threads());
    }

    public <W> TopicConsumer create(KafkaTopic topic, String group, BatchHandler<W> handler, int threads) {
        BatchProcessor<W> processor = new BatchProcessor<>(
                handler,
                new DeadLetterPublisher(deadLetters, topic, group),
                new ConsumerOffsetRepository(
                        jdbc, group, topic.name(), new TopicIdReader(consumerSettings, topic.name()), LOG::error),
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
        // A login that is being changed, or a certificate that has run out, would otherwise stop it for good.
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

    /** Positions that count stand in the database; what Kafka did not take, as in each rebalance, the next batch brings. */
    private static void logCommitFailure(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
        if (failure != null) {
            LOG.debug("Kafka did not take the positions {}", offsets, failure);
        }
    }

    /** The intake sets bad records aside itself; whatever it throws is waited for, for ever. */
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
        // A broker that may make topics would make this one with its own retention, and history would go with it.
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
