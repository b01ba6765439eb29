package io.gonkapulse.servicekit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.gonkapulse.servicekit.keys.RequestRate;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final HttpServletResponse NO_RESPONSE = (HttpServletResponse) Proxy.newProxyInstance(
            RateLimiterTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> null);

    private final AtomicLong nanos = new AtomicLong();
    private final RateLimiter limiter = new RateLimiter(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void keepsIdleClientForPeriod() {
        RequestClient client = RequestClient.byKey("daily", new RequestRate(2, Duration.ofDays(1)));
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isTrue();
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isTrue();

        advance(Duration.ofHours(11));
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isFalse();
        advance(Duration.ofHours(2));
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isTrue();
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isFalse();
    }

    @Test
    void refillsTokens() {
        RequestClient client = RequestClient.byAddress("192.0.2.1", new RequestRate(60, Duration.ofMinutes(1)));
        for (int i = 0; i < 60; i++) {
            assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isTrue();
        }
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isFalse();

        advance(Duration.ofSeconds(1));
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isTrue();
        assertThat(limiter.tryAcquire(client, NO_RESPONSE)).isFalse();
    }

    @Test
    void supportsExtremeLimits() {
        assertThat(limiter.tryAcquire(
                        RequestClient.byKey("fast", new RequestRate(1_000_000_000, Duration.ofSeconds(1))),
                        NO_RESPONSE))
                .isTrue();
        assertThat(limiter.tryAcquire(
                        RequestClient.byKey("long", new RequestRate(1, Duration.ofDays(366))), NO_RESPONSE))
                .isTrue();
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
