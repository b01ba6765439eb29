package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import io.gonkapulse.benchmarks.results.Effort;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.trackerpoller.poll.CurrentPoll;
import io.gonkapulse.trackerpoller.publish.KafkaPublisher;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.publish.PublishConfiguration;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/** Polls one site as the poller does, with nothing else in its JVM, and says how fast that is and what it takes. */
final class PollingMain {

    private final Tracker tracker;
    private final Producer<byte[], byte[]> producer;
    private final Effort effort;
    private final HeapWatch heap = HeapWatch.start();

    private PollingMain(Tracker tracker, Producer<byte[], byte[]> producer, Effort effort) {
        this.tracker = tracker;
        this.producer = producer;
        this.effort = effort;
    }

    public static void main(String[] args) {
        ForkedProgram.endWhenTold();
        Tracker tracker = PolledKind.valueOf(args[0]).at(args[1]);
        Map<String, Object> settings = PublishConfiguration.settings(Map.of("bootstrap.servers", args[2]));
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(settings)) {
            new PollingMain(tracker, producer, Effort.valueOf(args[3])).run();
        }
        System.exit(0);
    }

    /** The whole comes first, so that what the parts keep is not weighed with it. */
    private void run() {
        KafkaPublisher publisher = new KafkaPublisher(producer, InstantSource.system());
        CurrentPoll poll = poll(publisher);
        measure(Measure.POLL, () -> published(poll));
        weigh(publisher, published(poll));
        EncodedRecords records = new EncodedRecords();
        published(poll(records));
        Parts parts = Parts.of(tracker);
        measure(Measure.FETCH, parts::fetch);
        measure(Measure.READ, parts::read);
        measure(Measure.PUBLISH, () -> records.send(producer));
    }

    private CurrentPoll poll(Outlet outlet) {
        return new CurrentPoll(tracker, outlet, "bench", PolledKind.CLOCK);
    }

    private static long published(CurrentPoll current) {
        Poll poll = current.run().poll();
        if (poll.outcome() != Outcome.OK) {
            throw new IllegalStateException("Expected a poll that succeeds, got " + poll);
        }
        return poll.counts().published();
    }

    private void measure(Measure measure, Work work) {
        new MeasuredWork(work).rounds(effort, rate -> ForkedProgram.say(measure + " " + rate));
    }

    private void weigh(Outlet outlet, long participants) {
        WeighingOutlet weighing = new WeighingOutlet(outlet, participants);
        published(poll(weighing));
        ForkedProgram.say(String.join(
                " ",
                Measure.FOOTPRINT.name(),
                Long.toString(weighing.live()),
                Long.toString(heap.peak()),
                Long.toString(Scales.resident()),
                Long.toString(weighing.files())));
    }
}
