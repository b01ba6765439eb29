package io.gonkapulse.jobrecorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Workers that report jobs without a pause. Their time advances by two seconds with each step, and faster without the
 * broker, so that leases end during a short outage. It is ahead of the clock, so the service adds no ticks. When it is
 * too far ahead, the workers wait for the clock. What the broker refuses is sent again later and gets the time of then,
 * as a broker would append it.
 */
final class AcceleratedWorkers implements AutoCloseable {

    static final String LOST = "failed true";

    private static final long STEP_MILLIS = 200;
    private static final Duration STEP = Duration.ofSeconds(2);

    /** Without ticks in between a gap of the topic. */
    private static final Duration OUTAGE_STEP = Duration.ofSeconds(20);

    /** More than a lease and the time until a job is lost. */
    private static final Duration MAX_OUTAGE = Duration.ofMinutes(2);

    /** Until the first outage. The rest is for outages, and for the jobs that are lost at the end. */
    private static final Duration AHEAD_AT_FIRST = Duration.ofMinutes(2);

    /** The service reports lost jobs at its own time, and ids ten minutes ahead of that are refused. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(8);

    /** Enough for a busy machine. A stopped broker is noticed earlier. */
    private static final int SEND_TIMEOUT_MILLIS = 5_000;

    private static final int NEW_JOBS = 8;
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int MIN_RUN_SECONDS = 10;
    private static final int MAX_RUN_SECONDS = 40;
    private static final KafkaTopic TOPIC = KafkaTopic.JOB_EVENTS;

    private final JobEventCodec codec = new JobEventCodec();
    private final Random random = new Random(5);
    private final InstantSource clock;
    private final InetSocketAddress broker;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> loop;
    private final Map<UUID, String> endings = new ConcurrentHashMap<>();
    private final List<Worker> working = new ArrayList<>();
    private List<JobEvent> unsent = new ArrayList<>();
    private int steps;
    private Instant time;

    /** The time of the last step of which the broker got anything. */
    private Instant reached;

    private Duration maxAhead = AHEAD_AT_FIRST;
    private volatile Duration outage = Duration.ZERO;
    private volatile boolean hiring = true;
    private volatile boolean idle;

    AcceleratedWorkers(String bootstrapServers, InstantSource clock) {
        this.clock = clock;
        this.time = clock.instant();
        this.reached = time;
        this.broker = new InetSocketAddress(Utils.getHost(bootstrapServers), Utils.getPort(bootstrapServers));
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.block.ms",
                        SEND_TIMEOUT_MILLIS,
                        "linger.ms",
                        0,
                        "request.timeout.ms",
                        SEND_TIMEOUT_MILLIS,
                        "delivery.timeout.ms",
                        SEND_TIMEOUT_MILLIS,
                        "enable.idempotence",
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        loop = thread.scheduleWithFixedDelay(this::step, 0, STEP_MILLIS, MILLISECONDS);
    }

    /** How each job ended: its state, and whether it is lost because its worker died. */
    Map<UUID, String> endings() {
        return endings;
    }

    Set<UUID> deadJobs() {
        Set<UUID> dead = new HashSet<>();
        endings.forEach((job, ending) -> {
            if (ending.equals(LOST)) {
                dead.add(job);
            }
        });
        return dead;
    }

    /** No job starts from now on. Time still advances. */
    void stopHiring() {
        hiring = false;
    }

    /** Whether every job has ended and the broker has all events. */
    boolean isIdle() {
        if (loop.isDone()) {
            throw new IllegalStateException("Expected workers that go on, but a step failed: " + loop);
        }
        return idle;
    }

    private void step() {
        Instant now = nextTime();
        if (now.isAfter(clock.instant().plus(hiring ? maxAhead : MAX_AHEAD))) {
            return;
        }
        time = now;
        steps++;
        if (hiring) {
            for (int i = 0; i < NEW_JOBS; i++) {
                working.add(start(now));
            }
        }
        for (Worker worker : List.copyOf(working)) {
            if (now.isAfter(worker.endsAt())) {
                end(worker, now);
            } else if (steps % 3 == 0) {
                unsent.add(event(worker, JobEventType.HEARTBEAT, now));
            }
        }
        updateOutage(send());
        idle = !hiring && working.isEmpty() && unsent.isEmpty();
    }

    private Instant nextTime() {
        boolean isFaster = !outage.isZero() && outage.plus(OUTAGE_STEP).compareTo(MAX_OUTAGE) <= 0;
        Instant next = time.plus(isFaster ? OUTAGE_STEP : STEP);
        return next.isBefore(clock.instant()) ? clock.instant() : next;
    }

    private void updateOutage(boolean isReached) {
        if (isReached) {
            reached = time;
        } else if (outage.isZero()) {
            Duration longer = maxAhead.plus(MAX_OUTAGE);
            maxAhead = longer.compareTo(MAX_AHEAD) < 0 ? longer : MAX_AHEAD;
        }
        outage = Duration.between(reached, time);
    }

    /** How long nothing has reached the broker by now, in the time of the workers. */
    Duration outage() {
        return outage;
    }

    private Worker start(Instant now) {
        UUID job = new UUID(
                (now.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000),
                (random.nextLong() >>> 2) | Long.MIN_VALUE);
        JobEventType end = random.nextInt(10) == 0
                ? null
                : List.of(JobEventType.SUCCEEDED, JobEventType.SUCCEEDED, JobEventType.FAILED, JobEventType.CANCELED)
                        .get(random.nextInt(4));
        Worker worker = new Worker(job, now, now.plusSeconds(random.nextInt(MIN_RUN_SECONDS, MAX_RUN_SECONDS)), end);
        unsent.add(event(worker, JobEventType.STARTED, now));
        return worker;
    }

    private void end(Worker worker, Instant now) {
        working.remove(worker);
        JobEventType end = worker.end();
        if (end == null) {
            endings.put(worker.job(), LOST);
        } else {
            unsent.add(event(worker, end, now));
            endings.put(worker.job(), end.word() + " false");
        }
    }

    private static JobEvent event(Worker worker, JobEventType type, Instant now) {
        return new JobEvent(
                worker.job(),
                type,
                now,
                new JobEventOrigin("worker", null, null, Reporter.EXECUTOR),
                new JobDescription("nightly", null, null, null),
                new JobAttempt(1, null, worker.startedAt(), LEASE.toMillis(), null),
                JobEventDetails.NONE);
    }

    /** Returns whether anything has reached the broker. */
    private boolean send() {
        if (!isBrokerRunning()) {
            return false;
        }
        List<Future<RecordMetadata>> sends = sendAll();
        List<JobEvent> failed = new ArrayList<>();
        for (int i = 0; i < unsent.size(); i++) {
            if (i >= sends.size() || hasFailed(sends.get(i))) {
                failed.add(unsent.get(i));
            }
        }
        unsent = failed;
        return !sends.stream().allMatch(AcceleratedWorkers::hasFailed);
    }

    /** A stopped broker refuses connections at once, for which the producer would wait until its timeout. */
    private boolean isBrokerRunning() {
        try (Socket socket = new Socket()) {
            socket.connect(broker, SEND_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ticks keep the time of every partition, as those of the service do. None is sent again. */
    private List<Future<RecordMetadata>> sendAll() {
        long millis = time.toEpochMilli();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (JobEvent event : unsent) {
            byte[] key = event.jobId().toString().getBytes(UTF_8);
            records.add(new ProducerRecord<>(TOPIC.name(), null, millis, key, codec.encode(event)));
        }
        for (int partition = 0; partition < TOPIC.partitions(); partition++) {
            records.add(tick(partition, millis));
        }
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            Future<RecordMetadata> send = producer.send(record);
            sends.add(send);
            if (hasFailed(send)) {
                // Each further record would block as long.
                break;
            }
        }
        producer.flush();
        return sends;
    }

    private ProducerRecord<byte[], byte[]> tick(int partition, long millis) {
        JobEvent tick = new JobEvent(
                JobEvent.NO_JOB,
                JobEventType.TICK,
                Instant.ofEpochMilli(millis),
                new JobEventOrigin("worker", null, null, Reporter.EXECUTOR),
                JobDescription.NONE,
                JobAttempt.FIRST,
                JobEventDetails.NONE);
        return new ProducerRecord<>(
                TOPIC.name(), partition, millis, JobEvent.NO_JOB.toString().getBytes(UTF_8), codec.encode(tick));
    }

    /** False as long as the send is not done. */
    private static boolean hasFailed(Future<RecordMetadata> send) {
        if (!send.isDone()) {
            return false;
        }
        try {
            send.get();
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Reports nothing from now on. */
    void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(1, MINUTES)) {
            throw new IllegalStateException("Expected the last step to end within a minute");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
    }

    /** @param end null if the worker dies without a word */
    private record Worker(
            UUID job,
            Instant startedAt,
            Instant endsAt,
            @Nullable JobEventType end) {}
}
