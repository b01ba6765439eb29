package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.contracts.job.JobEvent;
import java.time.Instant;

/**
 * An event as the topic holds it.
 *
 * @param recordTime when the broker appended it
 * @param partition of the topic
 */
record RecordedEvent(JobEvent event, EventKey key, Instant recordTime, int partition) {

    public static RecordedEvent of(JobEvent event, byte[] record, long recordMillis, int partition) {
        return new RecordedEvent(
                event, new EventKey(event.at(), record), Instant.ofEpochMilli(recordMillis), partition);
    }

    /** The smallest time that the event says of its job. */
    Instant firstTime() {
        Instant accepted = event.attempt().acceptedAt();
        Instant started = event.attempt().startedAt();
        Instant first = accepted != null && accepted.isBefore(event.at()) ? accepted : event.at();
        return started != null && started.isBefore(first) ? started : first;
    }
}
