package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.apigateway.core.GatewayProperties;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class QueryResultCacheTest {

    private final QueryResultCache cache = new QueryResultCache(
            new Binder(new MapConfigurationPropertySource(Map.of("gateway.cache-ttl", "10s")))
                    .bindOrCreate("gateway", GatewayProperties.class),
            new JsonMapper());
    private final AtomicInteger loads = new AtomicInteger();

    @Test
    void loadsOncePerTtl() {
        load(1, "small");
        load(1, "small");
        load(2, "small");

        assertThat(loads.get()).isEqualTo(2);
    }

    @Test
    void evictsLargeResults() {
        String large = "x".repeat(4 << 20);
        for (int number = 0; number < 20; number++) {
            load(number, large);
        }

        // Caffeine evicts later, on another thread.
        await().untilAsserted(() -> {
            loads.set(0);
            for (int number = 0; number < 20; number++) {
                load(number, large);
            }
            assertThat(loads.get()).isGreaterThan(10);
        });
    }

    private void load(int number, String value) {
        cache.get(new NumberedQuery(number), () -> {
            loads.incrementAndGet();
            return value;
        });
    }

    private record NumberedQuery(int number) implements CachedQuery<String> {}
}
