package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.poller.PollerMeasurements.MeasurementType;
import io.gonkapulse.benchmarks.process.ForkedProcess;
import io.gonkapulse.benchmarks.process.HeapMonitor;
import io.gonkapulse.benchmarks.process.ProcessMemoryReader;
import io.gonkapulse.benchmarks.results.EffortLevel;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.servicekit.tracing.SpanFactory;
import io.gonkapulse.trackerpoller.polling.EpochPoller;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import io.gonkapulse.trackerpoller.trackerapi.Tracker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    private final HeapMonitor heap = HeapMonitor.start();

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

    private void measure(MeasurementType type, LongSupplier task) {
        new ThroughputRunner(task).measure(effort, rate -> ForkedProcess.report(type + " " + rate));
    }

    /** Uses an extra poll, because measuring memory slows the poll down. */
    private void measureFootprint(PollPublisher publisher, long participants) {
        FootprintMeasuringPublisher measuring = new FootprintMeasuringPublisher(publisher, participants);
        runPoll(createPoll(measuring));
        ForkedProcess.report(String.join(
                " ",
                MeasurementType.FOOTPRINT.name(),
                Long.toString(measuring.liveHeap()),
                Long.toString(heap.peak()),
                Long.toString(ProcessMemoryReader.peakResidentBytes()),
                Long.toString(measuring.temporaryFiles())));
    }
}
