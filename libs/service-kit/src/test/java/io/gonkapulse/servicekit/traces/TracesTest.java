package io.gonkapulse.servicekit.traces;

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

class TracesTest {

    @Test
    void offUnlessAnEndpointIsSet() {
        assertThat(Traces.of(environment(Map.of())).isOn()).isFalse();
        assertThat(Traces.of(environment(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "")))
                        .isOn())
                .isFalse();
        assertThat(Traces.of(environment(Map.of("OTEL_TRACES_SAMPLER", "always_on")))
                        .isOn())
                .isFalse();
    }

    @Test
    void aTraceGoesOnBehindAHeader() {
        try (Traces traces = Traces.of(environment(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER", "none")))) {
            assertThat(traces.isOn()).isTrue();
            Span first = traces.span("first", SpanKind.PRODUCER, Context.root()).startSpan();

            Context behind = Traces.read(Traces.text(Traces.header(first)));

            SpanContext read = Span.fromContext(behind).getSpanContext();
            assertThat(read.getTraceId()).isEqualTo(first.getSpanContext().getTraceId());
            assertThat(read.getSpanId()).isEqualTo(first.getSpanContext().getSpanId());
            assertThat(read.isRemote()).isTrue();
            assertThat(read.isSampled()).isTrue();
        }
    }

    @Test
    void whatIsNoTraceIsIgnored() {
        assertThat(Span.fromContext(Traces.read("nonsense")).getSpanContext().isValid())
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
