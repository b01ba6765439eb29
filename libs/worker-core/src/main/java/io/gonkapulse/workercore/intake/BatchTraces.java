package io.gonkapulse.workercore.intake;

import io.gonkapulse.servicekit.traces.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A batch holds records of several polls, so it has no one parent: each poll's trace gets a span of its own, as long as the
 * batch. While traces are off no header is looked at.
 */
final class BatchTraces {

    /** A backlog holds records of thousands of polls, and nobody looks at that many. */
    private static final int MOST = 32;

    private static final Running NONE = new Running(List.of());

    private final Traces traces;
    private final String name;
    private final String group;

    BatchTraces(Traces traces, String topic, String group) {
        this.traces = traces;
        this.name = "apply " + topic;
        this.group = group;
    }

    Running begin(List<ConsumerRecord<byte[], byte[]>> records, String offsets) {
        if (!traces.isOn()) {
            return NONE;
        }
        List<Span> spans = new ArrayList<>();
        for (String header : headers(records)) {
            spans.add(traces.span(name, SpanKind.CONSUMER, Traces.read(header))
                    .startSpan()
                    .setAttribute("messaging.system", "kafka")
                    .setAttribute("messaging.consumer.group.name", group)
                    .setAttribute("messaging.batch.message_count", records.size())
                    .setAttribute("gonkapulse.offsets", offsets));
        }
        return new Running(spans);
    }

    /** Neighbours are mostly of the same poll. */
    private static Set<String> headers(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<String> headers = new LinkedHashSet<>();
        byte @Nullable [] before = null;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Header header = record.headers().lastHeader(Traces.HEADER);
            if (header != null && !Arrays.equals(header.value(), before)) {
                before = header.value();
                headers.add(Traces.text(before));
            }
            if (headers.size() == MOST) {
                break;
            }
        }
        return headers;
    }

    /** The spans of one batch. */
    record Running(List<Span> spans) implements AutoCloseable {

        void failed(RuntimeException failure) {
            spans.forEach(span -> span.setStatus(StatusCode.ERROR, failure.toString()));
        }

        @Override
        public void close() {
            spans.forEach(Span::end);
        }
    }
}
