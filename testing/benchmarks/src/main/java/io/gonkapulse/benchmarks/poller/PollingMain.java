package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.ProcessMemoryMonitor;
import io.gonkapulse.benchmarks.poller.PollerMeasurements.MeasurementType;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Polls one tracker with production code, alone in its JVM, and reports rates and memory. */
final class PollingMain {

    private final Tracker tracker;
    private final Producer<byte[], byte[]> producer;
    private final EffortLevel effort;
    private final ProcessMemoryMonitor memory = ProcessMemoryMonitor.start();

    private PollingMain(Tracker tracker, Producer<byte[], byte[]> producer, EffortLevel effort) {
        this.tracker = tracker;
        this.producer = producer;
        this.effort = effort;
    }

    /**
     * Measures and exits.
     *
     * @param args tracker type, address of the tracker, bootstrap servers, effort level
     */
    public static void main(String[] args) {
        ForkedProcess.haltOnStop();
        Tracker tracker = PolledTrackerType.valueOf(args[0]).trackerAt(args[1]);
        Map<String, Object> settings = KafkaPublisher.producerSettings(Map.of("bootstrap.servers", args[2]));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            new PollingMain(tracker, producer, EffortLevel.valueOf(args[3])).run();
        }
        System.exit(0);
    }

    /** Measures the whole poll first, so that the caches of the stages do not count as its memory. */
    private void run() {
        KafkaPublisher publisher = new KafkaPublisher(
                producer, SpanFactory.DISABLED, InstantSource.system(), new SimpleMeterRegistry(), () -> true);
        EpochPoller poll = createPoll(publisher);
        measure(MeasurementType.POLL, () -> runPoll(poll));
        measureFootprint(publisher, runPoll(poll));
        EncodedRecordBuffer records = new EncodedRecordBuffer();
        runPoll(createPoll(records));
        PollStages stages = PollStages.of(tracker);
        measure(MeasurementType.FETCH, stages::fetch);
        measure(MeasurementType.READ, stages::read);
        measure(MeasurementType.PUBLISH, () -> records.send(producer));
    }

    private EpochPoller createPoll(PollPublisher publisher) {
        return new EpochPoller(tracker, publisher, "bench", PolledTrackerType.FIXED_CLOCK);
    }

    /** Runs one poll and returns the number of published participants. A failed poll would look fast. */
    private static long runPoll(EpochPoller current) {
        Poll poll = current.poll().poll();
        if (poll.outcome() != Outcome.OK) {
            throw new IllegalStateException("Expected a successful poll, got " + poll);
        }
        return poll.counts().published();
    }

    /**
     * Repeats a task and reports the participants per second of each iteration.
     *
     * @param task returns the number of processed participants
     */
    private void measure(MeasurementType type, LongSupplier task) {
        for (int i = 0; i < effort.warmupIterations(); i++) {
            measureIteration(task);
        }
        for (int i = 0; i < effort.iterations(); i++) {
            ForkedProcess.report(type + " " + measureIteration(task));
        }
    }

    /** Runs at least once, so that slow tasks have a result too. */
    private double measureIteration(LongSupplier task) {
        long atLeast = Duration.ofSeconds(effort.seconds()).toNanos();
        long begin = System.nanoTime();
        long done = 0;
        long elapsed;
        do {
            done += task.getAsLong();
            elapsed = System.nanoTime() - begin;
        } while (elapsed < atLeast);
        return done * 1e9 / elapsed;
    }

    /** Uses an extra poll, because measuring memory slows the poll down. */
    private void measureFootprint(PollPublisher publisher, long participants) {
        FootprintMeasuringPublisher measuring = new FootprintMeasuringPublisher(publisher, participants);
        runPoll(createPoll(measuring));
        ForkedProcess.report(String.join(
                " ",
                MeasurementType.FOOTPRINT.name(),
                Long.toString(measuring.liveHeap()),
                Long.toString(memory.heapPeak()),
                Long.toString(ProcessMemoryMonitor.peakResidentBytes()),
                Long.toString(measuring.temporaryFiles())));
    }

    /** Measures memory when the last snapshot of a poll is published: then the poll holds the most. */
    private static final class FootprintMeasuringPublisher implements PollPublisher {

        private final PollPublisher delegate;
        private final long last;
        private long liveHeap;
        private long temporaryFiles;

        /**
         * Creates a publisher for one poll.
         *
         * @param delegate receives all snapshots
         * @param last number of the snapshot at which memory is measured
         */
        FootprintMeasuringPublisher(PollPublisher delegate, long last) {
            this.delegate = delegate;
            this.last = last;
        }

        /** Reachable heap, in bytes; 0 if the poll published fewer snapshots. */
        long liveHeap() {
            return liveHeap;
        }

        /** Size of the temporary files, in bytes: large responses are buffered there. */
        long temporaryFiles() {
            return temporaryFiles;
        }

        @Override
        public PublishBatch startBatch() {
            PublishBatch batch = delegate.startBatch();
            return new PublishBatch() {

                private long passed;

                @Override
                public void add(Snapshot snapshot) {
                    batch.add(snapshot);
                    if (++passed == last) {
                        liveHeap = ProcessMemoryMonitor.liveHeapBytes();
                        temporaryFiles = ProcessMemoryMonitor.temporaryFileBytes();
                    }
                }

                @Override
                public void flush() {
                    batch.flush();
                }
            };
        }

        @Override
        public void publishPoll(Poll poll) {
            delegate.publishPoll(poll);
        }
    }
}
