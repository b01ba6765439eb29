package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.traces.Traces;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One trace for each poll: it begins with the poll, and the records that the poll publishes carry it on. */
final class PollTraces {

    private final Traces traces;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<Work, String> newest = new ConcurrentHashMap<>();

    PollTraces(Traces traces) {
        this.traces = traces;
    }

    void begin(PollNotes poll) {
        if (!traces.isOn()) {
            return;
        }
        Span span = traces.span("poll " + word(poll.purpose()), SpanKind.PRODUCER, Context.root())
                .setStartTimestamp(poll.startedAt())
                .startSpan()
                .setAttribute("gonkapulse.tracker", poll.tracker().value())
                .setAttribute("gonkapulse.poll.id", poll.pollId());
        running.put(poll.pollId(), new Running(span, Traces.header(span)));
        // A tracker does one thing of a kind at a time: what never came to its end was interrupted.
        String before = newest.put(new Work(poll.tracker(), poll.purpose()), poll.pollId());
        if (before != null) {
            running.remove(before);
        }
    }

    /** The header of a record of this poll; null while traces are off. */
    byte @Nullable [] header(String pollId) {
        Running poll = traces.isOn() ? running.get(pollId) : null;
        return poll == null ? null : poll.header();
    }

    void end(Poll poll) {
        Running ended = traces.isOn() ? running.remove(poll.pollId()) : null;
        if (ended == null) {
            return;
        }
        Span span = ended.span()
                .setAttribute("gonkapulse.outcome", word(poll.outcome()))
                .setAttribute("gonkapulse.published", poll.counts().published())
                .setAttribute("gonkapulse.fetch.ms", poll.stages().fetch().toMillis())
                .setAttribute("gonkapulse.parse.ms", poll.stages().parse().toMillis())
                .setAttribute("gonkapulse.publish.ms", poll.stages().publish().toMillis());
        if (poll.outcome() == Outcome.FAILED) {
            span.setStatus(StatusCode.ERROR, poll.error() == null ? "" : poll.error());
        }
        span.end();
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private record Work(TrackerName tracker, Purpose purpose) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Running(Span span, byte[] header) {}
}
