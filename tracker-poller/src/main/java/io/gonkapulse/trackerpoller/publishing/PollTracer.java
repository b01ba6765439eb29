package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Outcome;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.servicekit.observability.SpanFactory;
import io.gonkapulse.trackerpoller.monitoring.PollContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One trace for each poll; its records carry the trace to the consumers. */
final class PollTracer {

    private final SpanFactory traces;
    private final Map<String, RunningSpan> runningSpans = new ConcurrentHashMap<>();
    private final Map<PollKey, String> newestPollIds = new ConcurrentHashMap<>();

    PollTracer(SpanFactory traces) {
        this.traces = traces;
    }

    void start(PollContext poll) {
        if (!traces.isEnabled()) {
            return;
        }
        Span span = traces.spanBuilder("poll " + lowerCase(poll.purpose()), SpanKind.PRODUCER, Context.root())
                .setStartTimestamp(poll.startedAt())
                .startSpan()
                .setAttribute("gonkapulse.tracker", poll.tracker().value())
                .setAttribute("gonkapulse.poll.id", poll.pollId());
        runningSpans.put(poll.pollId(), new RunningSpan(span, SpanFactory.toHeader(span)));
        // A tracker runs one poll per purpose at a time, so an unfinished one was interrupted.
        String before = newestPollIds.put(new PollKey(poll.tracker(), poll.purpose()), poll.pollId());
        if (before != null) {
            runningSpans.remove(before);
        }
    }

    /** The trace header of a record; null while tracing is off. */
    byte @Nullable [] header(String pollId) {
        RunningSpan poll = traces.isEnabled() ? runningSpans.get(pollId) : null;
        return poll == null ? null : poll.header();
    }

    void end(Poll poll) {
        RunningSpan ended = traces.isEnabled() ? runningSpans.remove(poll.pollId()) : null;
        if (ended == null) {
            return;
        }
        Span span = ended.span()
                .setAttribute("gonkapulse.outcome", lowerCase(poll.outcome()))
                .setAttribute("gonkapulse.published", poll.counts().published())
                .setAttribute("gonkapulse.fetch.ms", poll.stages().fetch().toMillis())
                .setAttribute("gonkapulse.parse.ms", poll.stages().parse().toMillis())
                .setAttribute("gonkapulse.publish.ms", poll.stages().publish().toMillis());
        if (poll.outcome() == Outcome.FAILED) {
            span.setStatus(StatusCode.ERROR, poll.error() == null ? "" : poll.error());
        }
        span.end();
    }

    private static String lowerCase(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private record PollKey(TrackerName tracker, Purpose purpose) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RunningSpan(Span span, byte[] header) {}
}
