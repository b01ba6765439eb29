package io.gonkapulse.apigateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.gonkapulse.apigateway.settings.GatewayProperties.RateLimit;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final HttpServletResponse UNREAD = (HttpServletResponse) Proxy.newProxyInstance(
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
    void whoRestsForAWhileIsNotForgottenBeforeTheLimitSaysSo() {
        Client client = Client.withKey("daily", new RateLimit(2, Duration.ofDays(1)));
        assertThat(limiter.allows(client, UNREAD)).isTrue();
        assertThat(limiter.allows(client, UNREAD)).isTrue();

        pass(Duration.ofHours(11));
        assertThat(limiter.allows(client, UNREAD)).isFalse();
        pass(Duration.ofHours(2));
        assertThat(limiter.allows(client, UNREAD)).isTrue();
        assertThat(limiter.allows(client, UNREAD)).isFalse();
    }

    @Test
    void tokensComeBackAsTimePasses() {
        Client client = Client.at("192.0.2.1", new RateLimit(60, Duration.ofMinutes(1)));
        for (int asked = 0; asked < 60; asked++) {
            assertThat(limiter.allows(client, UNREAD)).isTrue();
        }
        assertThat(limiter.allows(client, UNREAD)).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(limiter.allows(client, UNREAD)).isTrue();
        assertThat(limiter.allows(client, UNREAD)).isFalse();
    }

    @Test
    void fastestAndLongestLimitsAreHeld() {
        assertThat(limiter.allows(Client.withKey("fast", new RateLimit(1_000_000_000, Duration.ofSeconds(1))), UNREAD))
                .isTrue();
        assertThat(limiter.allows(Client.withKey("long", new RateLimit(1, Duration.ofDays(366))), UNREAD))
                .isTrue();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
