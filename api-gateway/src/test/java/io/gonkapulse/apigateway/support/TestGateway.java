package io.gonkapulse.apigateway.support;

import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.TestDatabase;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway on a free port. The test controls its clock and the time of its caches. */
public final class TestGateway implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final StatementCounter statements = new StatementCounter();
    private final AtomicLong cacheNanos = new AtomicLong();
    private volatile String threadGroup = "";
    private final String url;

    private TestGateway(TestDatabase database, SteppedClock clock, List<String> settings) {
        ApplicationContextInitializer<GenericApplicationContext> parts = prepared -> {
            prepared.registerBean(
                    "testClock", InstantSource.class, () -> clock, definition -> definition.setPrimary(true));
            prepared.registerBean(
                    "testTicker", Ticker.class, () -> cacheNanos::get, definition -> definition.setPrimary(true));
            prepared.registerBean(BeanPostProcessor.class, () -> statements);
            prepared.registerBean(Filter.class, () -> this::recordThreadGroup);
        };
        if (settings.stream().anyMatch(setting -> setting.startsWith("--logging."))) {
            // Logging belongs to the JVM, and a gateway that runs already keeps its settings.
            LoggingSystem.get(TestGateway.class.getClassLoader()).cleanUp();
        }
        this.context = new SpringApplicationBuilder(ApiGatewayConfiguration.class)
                .initializers(parts)
                .registerShutdownHook(false)
                .run(arguments(database, settings));
        this.url = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** Starts a gateway without caches, unless a setting enables them. */
    public static TestGateway start(TestDatabase database, SteppedClock clock, String... settings) {
        return new TestGateway(database, clock, List.of(settings));
    }

    private static String[] arguments(TestDatabase database, List<String> settings) {
        return Stream.concat(
                        defaultSettings(database)
                                .filter(one -> settings.stream().noneMatch(other -> sameName(one, other))),
                        settings.stream())
                .toArray(String[]::new);
    }

    private static boolean sameName(String setting, String other) {
        return other.startsWith(setting.substring(0, setting.indexOf('=') + 1));
    }

    private static Stream<String> defaultSettings(TestDatabase database) {
        return Stream.of(
                "--spring.config.name=api-gateway",
                "--server.port=0",
                "--gateway.cache-ttl=0s",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username="
                        + database.withRole("gonkapulse_reader").username(),
                "--spring.datasource.password=" + database.password());
    }

    /** Advances the time that GATEWAY_CACHE_TTL limits. It does not change otherwise. */
    public void advanceCacheTime(Duration by) {
        cacheNanos.addAndGet(by.toNanos());
    }

    public String url() {
        return url;
    }

    /** The group of the thread that served the newest request. */
    public String threadGroup() {
        return threadGroup;
    }

    private void recordThreadGroup(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        threadGroup = Thread.currentThread().getThreadGroup().getName();
        chain.doFilter(request, response);
    }

    public DataSource dataSource() {
        return bean(DataSource.class);
    }

    /** A bean of the gateway. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The paths of all API routes. */
    public Set<String> routes() {
        return context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The number of statements since the last call. */
    public int takeStatementCount() {
        return statements.takeCount();
    }

    /** Returns the body of a response that must be 200 and JSON. */
    public JsonNode get(String path) {
        HttpResponse<String> response = send("GET", path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " returned " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /**
     * Sends any request.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the gateway", e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
