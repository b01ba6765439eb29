package io.gonkapulse.servicekit.tracing;

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
 * Makes spans, and hands a trace on in a header of a record. Without an endpoint it is off: nothing is made, written,
 * read or sent.
 */
public final class SpanFactory implements AutoCloseable {

    /** Of a record; W3C's name and form. */
    public static final String HEADER = "traceparent";

    public static final SpanFactory DISABLED = new SpanFactory(null);

    private static final String NAME = "io.gonkapulse";
    private static final List<String> ENDPOINTS = List.of("exporter.otlp.endpoint", "exporter.otlp.traces.endpoint");
    private static final TextMapGetter<String> HEADER_GETTER = new TraceHeaderGetter();

    private final @Nullable OpenTelemetry telemetry;

    private SpanFactory(@Nullable OpenTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** By OpenTelemetry's own settings, {@code OTEL_…} or {@code otel.…}; what is not said there is as services need it. */
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

    /** A span that begins a trace, or goes on with one. Only where traces are on. */
    public SpanBuilder spanBuilder(String name, SpanKind kind, Context parent) {
        return requireNonNull(telemetry, "traces are off")
                .getTracer(NAME)
                .spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent);
    }

    /** What the header of a record says of the trace that it belongs to. */
    public static byte[] toHeader(Span span) {
        String[] header = {""};
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), header, (carrier, name, value) -> {
            if (name.equals(HEADER) && carrier != null) {
                carrier[0] = value;
            }
        });
        return header[0].getBytes(US_ASCII);
    }

    /** A header as text. */
    public static String headerText(byte[] header) {
        return new String(header, US_ASCII);
    }

    /** The trace that a header names; the root where it names none. */
    public static Context fromHeader(String header) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), header, HEADER_GETTER);
    }

    /** Sends what was not sent yet. */
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
