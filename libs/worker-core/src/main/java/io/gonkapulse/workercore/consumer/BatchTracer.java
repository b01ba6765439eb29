package io.gonkapulse.workercore.consumer;

import io.gonkapulse.servicekit.observability.SpanFactory;
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
 * Traces batches. A batch contains records of several polls and so has no single parent: the trace
 * of each poll gets its own span. While tracing is disabled, no header is read.
 */
final class BatchTracer {

    /** A backlog contains records of thousands of polls; more spans per batch would help nobody. */
    private static final int MAX_SPANS = 32;

    private static final BatchSpans NO_SPANS = new BatchSpans(List.of());

    private final SpanFactory spanFactory;
    private final String name;
    private final String group;

    BatchTracer(SpanFactory spanFactory, String topic, String group) {
        this.spanFactory = spanFactory;
        this.name = "apply " + topic;
        this.group = group;
    }

    BatchSpans startSpans(List<ConsumerRecord<byte[], byte[]>> records, String offsets) {
        if (!spanFactory.isEnabled()) {
            return NO_SPANS;
        }
        List<Span> spans = new ArrayList<>();
        for (String header : distinctTraceHeaders(records)) {
            spans.add(spanFactory
                    .spanBuilder(name, SpanKind.CONSUMER, SpanFactory.fromHeader(header))
                    .startSpan()
                    .setAttribute("messaging.system", "kafka")
                    .setAttribute("messaging.consumer.group.name", group)
                    .setAttribute("messaging.batch.message_count", records.size())
                    .setAttribute("gonkapulse.offsets", offsets));
        }
        return new BatchSpans(spans);
    }

    /**
     * Compares each header with the previous one first, because neighbouring records mostly belong
     * to the same poll.
     */
    private static Set<String> distinctTraceHeaders(List<ConsumerRecord<byte[], byte[]>> records) {
        Set<String> headers = new LinkedHashSet<>();
        byte @Nullable [] before = null;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Header header = record.headers().lastHeader(SpanFactory.HEADER);
            if (header != null && !Arrays.equals(header.value(), before)) {
                before = header.value();
                headers.add(SpanFactory.headerText(before));
            }
            if (headers.size() == MAX_SPANS) {
                break;
            }
        }
        return headers;
    }

    record BatchSpans(List<Span> spans) implements AutoCloseable {

        void recordFailure(RuntimeException failure) {
            spans.forEach(span -> span.setStatus(StatusCode.ERROR, failure.toString()));
        }

        @Override
        public void close() {
            spans.forEach(Span::end);
        }
    }
}
