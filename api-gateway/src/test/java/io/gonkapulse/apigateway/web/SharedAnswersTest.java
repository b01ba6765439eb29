package io.gonkapulse.apigateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class SharedAnswersTest {

    private final SharedAnswers answers = new SharedAnswers(
            new Binder(new MapConfigurationPropertySource(Map.of("gateway.share-answers", "10s")))
                    .bindOrCreate("gateway", GatewayProperties.class),
            new JsonMapper());
    private final AtomicInteger loads = new AtomicInteger();

    @Test
    void whatIsAskedAgainWithinAMomentIsNotLoadedAgain() {
        ask(1, "small");
        ask(1, "small");
        ask(2, "small");

        assertThat(loads.get()).isEqualTo(2);
    }

    @Test
    void largeAnswersDoNotAddUpInMemory() {
        String large = "x".repeat(4 << 20);
        for (int number = 0; number < 20; number++) {
            ask(number, large);
        }

        // What is too much goes a little later, on another thread.
        await().untilAsserted(() -> {
            loads.set(0);
            for (int number = 0; number < 20; number++) {
                ask(number, large);
            }
            assertThat(loads.get()).isGreaterThan(10);
        });
    }

    private void ask(int number, String value) {
        answers.to(new Numbered(number), () -> {
            loads.incrementAndGet();
            return value;
        });
    }

    private record Numbered(int number) implements Question<String> {}
}
