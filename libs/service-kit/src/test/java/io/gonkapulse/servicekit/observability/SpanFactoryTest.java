package io.gonkapulse.servicekit.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SpanFactoryTest {

    @Test
    void disabledWithoutEndpoint() {
        assertThat(SpanFactory.of(environment(Map.of())).isEnabled()).isFalse();
        assertThat(SpanFactory.of(environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "")))
                        .isEnabled())
                .isFalse();
        assertThat(SpanFactory.of(environment(Map.of("OTEL_TRACES_SAMPLER", "always_on")))
                        .isEnabled())
                .isFalse();
    }

    @Test
    void continuesTraceFromHeader() {
        try (SpanFactory traces = SpanFactory.of(environment(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER", "none")))) {
            assertThat(traces.isEnabled()).isTrue();
            Span first = traces.spanBuilder("first", SpanKind.PRODUCER, Context.root())
                    .startSpan();

            Context behind = SpanFactory.fromHeader(SpanFactory.headerText(SpanFactory.toHeader(first)));

            SpanContext read = Span.fromContext(behind).getSpanContext();
            assertThat(read.getTraceId()).isEqualTo(first.getSpanContext().getTraceId());
            assertThat(read.getSpanId()).isEqualTo(first.getSpanContext().getSpanId());
            assertThat(read.isRemote()).isTrue();
            assertThat(read.isSampled()).isTrue();
        }
    }

    @Test
    void ignoresInvalidHeader() {
        assertThat(Span.fromContext(SpanFactory.fromHeader("nonsense"))
                        .getSpanContext()
                        .isValid())
                .isFalse();
    }

    private static StandardEnvironment environment(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
