package io.gonkapulse.apigateway.stream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ProblemCode;
import io.gonkapulse.apigateway.security.keys.RequestKeyContext;
import io.gonkapulse.apigateway.security.limits.RequestClientContext;
import io.gonkapulse.apigateway.stream.StreamConnection.EndReason;
import io.gonkapulse.servicekit.keys.ApiKey;
import io.gonkapulse.servicekit.keys.ApiKeyRegistry;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves changes of nodes and epochs as server-sent events. */
@RestController
class StreamController {

    private static final int MAX_IDENTIFIERS = 100;
    private static final int RETRY_SECONDS = 30;

    private final StreamFeed feed;
    private final StreamLimiter limiter;
    private final StreamTopicRepository topicRepository;
    private final ApiKeyRegistry<KeyRight> keys;
    private final FreshnessPolicy freshness;
    private final Ticker ticker;
    private final Map<EndReason, Counter> ended = new EnumMap<>(EndReason.class);

    StreamController(
            StreamFeed feed,
            StreamLimiter limiter,
            StreamTopicRepository topicRepository,
            ApiKeyRegistry<KeyRight> keys,
            FreshnessPolicy freshness,
            Ticker ticker,
            MeterRegistry meters) {
        this.feed = feed;
        this.limiter = limiter;
        this.topicRepository = topicRepository;
        this.keys = keys;
        this.freshness = freshness;
        this.ticker = ticker;
        for (EndReason reason : EndReason.values()) {
            ended.put(
                    reason,
                    Counter.builder(PulseMeter.STREAMS_ENDED.id())
                            .description(PulseMeter.STREAMS_ENDED.description())
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @RequestParam(defaultValue = "") List<String> identifier,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Set<String> topics = parseTopics(identifier);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Asks proxies not to buffer the events.
        response.setHeader("X-Accel-Buffering", "no");
        if (!request.getMethod().equals("HEAD")) {
            open(topics, request);
        }
    }

    private Set<String> parseTopics(List<String> identifiers) {
        if (identifiers.isEmpty() || identifiers.size() > MAX_IDENTIFIERS) {
            throw ApiException.badParameter(
                    "identifier",
                    "identifier: expected 1 to " + MAX_IDENTIFIERS + " times, got " + identifiers.size() + " times");
        }
        return topicRepository.findTopics(identifiers);
    }

    private void open(Set<String> topics, HttpServletRequest request) throws IOException {
        String client = RequestClientContext.name(request);
        if (!feed.hasRoomFor(topics.size()) || !limiter.tryAcquire(client)) {
            throw ApiException.retryLater(
                    ProblemCode.TOO_MANY_STREAMS, "Too many open streams; close one or retry later", RETRY_SECONDS);
        }
        StreamConnection connection;
        try {
            connection = connect(topics, client, request);
        } catch (IOException | RuntimeException e) {
            limiter.release(client);
            throw e;
        }
        feed.subscribe(connection);
        connection.open();
    }

    private StreamConnection connect(Set<String> topics, String client, HttpServletRequest request) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Optional<ApiKey<KeyRight>> key = RequestKeyContext.find(request);
        return new StreamConnection(
                new StreamRequest(
                        topics,
                        request.getHeader("Last-Event-ID"),
                        () -> key.map(keys::isValid).orElse(true)),
                async,
                message -> message.render(freshness),
                ticker,
                (stream, reason) -> {
                    feed.unsubscribe(stream);
                    Objects.requireNonNull(ended.get(reason)).increment();
                    limiter.release(client);
                });
    }
}
