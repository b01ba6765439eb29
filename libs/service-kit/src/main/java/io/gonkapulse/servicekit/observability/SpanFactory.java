package io.gonkapulse.servicekit.observability;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Creates spans and passes traces on in a record header. Without an endpoint it is disabled: it
 * creates, writes, reads and sends nothing.
 */
public final class SpanFactory implements AutoCloseable {

    /** Record header in the format of W3C Trace Context. */
    public static final String HEADER = "traceparent";

    public static final SpanFactory DISABLED = new SpanFactory(null);

    private static final String NAME = "io.gonkapulse";
    private static final List<String> ENDPOINTS = List.of("exporter.otlp.endpoint", "exporter.otlp.traces.endpoint");
    private static final TextMapGetter<String> HEADER_GETTER = new TraceHeaderGetter();

    private final @Nullable OpenTelemetry telemetry;

    private SpanFactory(@Nullable OpenTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Reads OpenTelemetry's settings, {@code OTEL_…} or {@code otel.…}, and adds defaults for services. */
    public static SpanFactory of(Environment environment) {
        Map<String, String> configured = Binder.get(environment)
                .bind("otel", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        if (ENDPOINTS.stream()
                .allMatch(name -> configured.getOrDefault(name, "").isBlank())) {
            return DISABLED;
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "otel.service.name", environment.getProperty("spring.application.name", "gonka-pulse"),
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none"));
        configured.forEach((name, value) -> settings.put("otel." + name, value));
        return new SpanFactory(AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> settings)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk());
    }

    public boolean isEnabled() {
        return telemetry != null;
    }

    /** Starts or continues a trace. Only valid if {@link #isEnabled}. */
    public SpanBuilder spanBuilder(String name, SpanKind kind, Context parent) {
        return requireNonNull(telemetry, "tracing is disabled")
                .getTracer(NAME)
                .spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent);
    }

    /** Encodes the trace of a span for a record header. */
    public static byte[] toHeader(Span span) {
        String[] header = {""};
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), header, (carrier, name, value) -> {
            if (name.equals(HEADER) && carrier != null) {
                carrier[0] = value;
            }
        });
        return header[0].getBytes(US_ASCII);
    }

    /** Decodes a header to text. */
    public static String headerText(byte[] header) {
        return new String(header, US_ASCII);
    }

    /** Returns the trace of a header, or the root context if the header is invalid. */
    public static Context fromHeader(String header) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADER_GETTER);
    }

    /** Sends pending spans. */
    @Override
    public void close() {
        if (telemetry instanceof OpenTelemetrySdk sdk) {
            sdk.close();
        }
    }

    private static final class TraceHeaderGetter implements TextMapGetter<String> {

        @Override
        public Iterable<String> keys(String header) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String header, String name) {
            return name.equals(HEADER) ? header : null;
        }
    }
}
