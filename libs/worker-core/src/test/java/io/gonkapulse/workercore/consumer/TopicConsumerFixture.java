package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.testkit.junit.TestBroker;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.junit.TestTopicReader.TestTopicRecord;
import io.gonkapulse.workercore.deadletter.DeadLetterPublisher;
import io.gonkapulse.workercore.sql.TestSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** Its own topic, consumers of it, and what they did with its records. */
public final class TopicConsumerFixture {

    static final String GROUP = "notes";
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final AtomicInteger TOPIC_NUMBER = new AtomicInteger();

    final KafkaTopic topic;
    final MeterRegistry meters = new SimpleMeterRegistry();
    final JdbcTemplate jdbc;

    private final DataSize maxUncompressedBatch;
    private final TestBroker broker;
    private final DataSource pool;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaTemplate<byte[], byte[]> template;
    final List<String> warnings = new ArrayList<>();
    private final List<TopicConsumer> consumers = new ArrayList<>();

    public TopicConsumerFixture(TestBroker broker, TestDatabase database, int partitions) {
        this(broker, database, partitions, DataSize.ofMegabytes(32));
    }

    public TopicConsumerFixture(
            TestBroker broker, TestDatabase database, int partitions, DataSize maxUncompressedBatch) {
        this.maxUncompressedBatch = maxUncompressedBatch;
        this.broker = broker;
        this.topic = new KafkaTopic("notes-" + TOPIC_NUMBER.incrementAndGet(), partitions, Optional.empty());
        this.pool = pool(database);
        this.jdbc = new JdbcTemplate(pool);
        this.producer = new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        this.template = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                brokerSettings(), new ByteArraySerializer(), new ByteArraySerializer()));
        broker.createTopic(topic.name(), partitions);
        broker.createTopic(topic.deadLetterTopic(GROUP).name(), partitions);
    }

    public KafkaTopic topic() {
        return topic;
    }

    /** Creates the schema and the table of {@link NoteHandler}. */
    public static void createTables(TestDatabase database) {
        TestSchema.create(database);
        new JdbcTemplate(database.dataSource()).execute(NoteHandler.TABLE);
    }

    private static DataSource pool(TestDatabase database) {
        return DataSourceBuilder.create()
                .url(database.jdbcUrl())
                .username(database.username())
                .password(database.password())
                .build();
    }

    private Map<String, Object> brokerSettings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 16 << 20);
    }

    /** A producer that compresses can send records beyond the topic's limit, which readers then have to hold. */
    private Map<String, Object> producerSettings() {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.request.size",
                32 << 20,
                "buffer.memory",
                64 << 20,
                "compression.type",
                "gzip");
    }

    public TopicConsumerProperties settings() {
        return TestConsumerProperties.of(Map.of(
                "consumer.max-records",
                "500",
                "consumer.max-uncompressed-batch",
                maxUncompressedBatch.toBytes() + "B"));
    }

    TopicConsumer start(BatchHandler<?> handler) {
        TopicConsumer consumer = createConsumer(handler);
        consumer.start();
        return consumer;
    }

    /** Creates a consumer without starting it; {@link #close} stops it. */
    public TopicConsumer createConsumer(BatchHandler<?> handler) {
        return createConsumer(handler, Map.of());
    }

    TopicConsumer createConsumer(BatchHandler<?> handler, Map<String, Object> moreSettings) {
        Map<String, Object> consumerSettings = new HashMap<>(moreSettings);
        consumerSettings.put("bootstrap.servers", broker.bootstrapServers());
        consumerSettings.put("metadata.max.age.ms", 500);
        // Members learn of a rebalance with their next heartbeat.
        consumerSettings.put("heartbeat.interval.ms", 300);
        TopicConsumer consumer = new TopicConsumerFactory(
                        consumerSettings, settings(), template, jdbc, transactions(), meters)
                .create(topic, GROUP, handler);
        consumers.add(consumer);
        return consumer;
    }

    void addPartitions(int total) {
        broker.addPartitions(topic.name(), total);
    }

    /** Deletes the topic and creates it again, empty and with another id. */
    void recreateTopic(int partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic.name())).all().get();
            await().atMost(TIMEOUT)
                    .until(() -> !admin.listTopics().names().get().contains(topic.name()));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The topic could not be deleted", e);
        }
        broker.createTopic(topic.name(), partitions);
    }

    UUID topicId() {
        return requireNonNull(new TopicMetadataReader(brokerSettings(), topic.name()).topicId());
    }

    List<UUID> storedTopicIds() {
        return jdbc.queryForList(
                "select distinct topic_id from consumer_offsets where topic = ?", UUID.class, topic.name());
    }

    /** Creates a processor without a consumer; the test passes the batches. */
    <W> BatchProcessor<W> createProcessor(BatchHandler<W> handler) {
        return createProcessor(handler, pool);
    }

    <W> BatchProcessor<W> createProcessor(BatchHandler<W> handler, DataSource pool) {
        return new BatchProcessor<>(
                handler,
                new DeadLetterPublisher(template, topic, GROUP),
                new ConsumerOffsetRepository(
                        new JdbcTemplate(pool),
                        GROUP,
                        topic.name(),
                        new TopicMetadataReader(brokerSettings(), topic.name())::topicId,
                        warnings::add),
                new TransactionTemplate(new DataSourceTransactionManager(pool)),
                new TopicConsumerMetrics(meters, topic.name()));
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    /** Sends all values in one batch, whatever their uncompressed size. */
    public void sendBatch(int partition, String compression, List<byte[]> values) {
        Map<String, Object> settings = new HashMap<>(producerSettings());
        settings.put("compression.type", compression);
        settings.put("batch.size", 32 << 20);
        settings.put("linger.ms", 60_000);
        try (KafkaProducer<byte[], byte[]> sender =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = values.stream()
                    .map(value -> sender.send(new ProducerRecord<>(topic.name(), partition, null, value)))
                    .toList();
            sender.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("The broker did not acknowledge the batch", e);
        }
    }

    public void send(int partition, @Nullable String value) {
        send(partition, value == null ? null : value.getBytes(UTF_8));
    }

    public void send(int partition, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic.name(), partition, null, value))
                .isDone();
    }

    public void flush() {
        producer.flush();
    }

    long meterCount(String name) {
        return Math.round(meters.get("gonkapulse.records." + name).counter().count());
    }

    /** Waits until all four counters are updated, which happens shortly after the commit. */
    void awaitReceived(long received) {
        await().atMost(TIMEOUT)
                .until(
                        this::meterCounts,
                        all -> all.get(0) >= received && all.get(1) + all.get(2) + all.get(3) == all.get(0));
    }

    /** received, stored, superseded, dead-lettered. */
    List<Long> meterCounts() {
        return List.of(
                meterCount("received"), meterCount("stored"), meterCount("superseded"), meterCount("dead.lettered"));
    }

    /** The same counts from the database: offset, stored, superseded, dead-lettered. */
    List<Long> storedCounts() {
        return jdbc.queryForObject(
                """
                select sum(next_offset), sum(stored), sum(superseded), sum(dead_lettered)
                  from consumer_offsets
                 where topic = ?
                """,
                (row, number) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                topic.name());
    }

    List<Integer> notes() {
        return jdbc.queryForList("select number from note order by number", Integer.class);
    }

    List<TestTopicRecord> deadLetters() {
        return broker.records(topic.deadLetterTopic(GROUP).name());
    }

    static String header(TestTopicRecord record, String key) {
        return requireNonNull(record.headers().get(key), key);
    }

    public void close() throws Exception {
        consumers.forEach(TopicConsumer::stop);
        producer.close();
        template.destroy();
        if (pool instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }
}
