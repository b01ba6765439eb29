package io.gonkapulse.apigateway.security.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.core.GatewayProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UnreadResponseLimiterTest {

    private static final long MEGABYTE = 1 << 20;

    private final UnreadResponseLimiter limiter = new UnreadResponseLimiter(
            new Binder(new MapConfigurationPropertySource(Map.of("gateway.max-unread-response-size", "8MB")))
                    .bindOrCreate("gateway", GatewayProperties.class));

    @Test
    void clientHoldsAQuarter() {
        assertThat(limiter.acquire("one", MEGABYTE)).isTrue();
        assertThat(limiter.acquire("one", MEGABYTE)).isTrue();
        assertThat(limiter.acquire("one", 1)).isFalse();
        assertThat(limiter.acquire("other", MEGABYTE)).isTrue();

        limiter.release("one", MEGABYTE);
        assertThat(limiter.acquire("one", MEGABYTE)).isTrue();
    }

    @Test
    void smallResponsesCountAsThreads() {
        for (int i = 0; i < 8; i++) {
            assertThat(limiter.acquire("one", 10)).isTrue();
        }
        assertThat(limiter.acquire("one", 10)).isFalse();
    }

    @Test
    void allClientsTogetherAreBounded() {
        for (int i = 0; i < 4; i++) {
            assertThat(limiter.acquire("client " + i, 2 * MEGABYTE)).isTrue();
        }
        assertThat(limiter.acquire("late", 1)).isFalse();

        limiter.release("client 0", 2 * MEGABYTE);
        assertThat(limiter.acquire("late", 1)).isTrue();
    }

    @Test
    void firstResponseMayBeLarge() {
        assertThat(limiter.acquire("one", 3 * MEGABYTE)).isTrue();
        assertThat(limiter.acquire("one", 1)).isFalse();
    }
}
