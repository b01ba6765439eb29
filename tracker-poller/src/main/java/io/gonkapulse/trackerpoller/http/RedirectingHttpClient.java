package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Sends one request and follows its redirects. Pools connections and uses HTTP/2 where the server offers it.
 * Thread-safe.
 */
final class RedirectingHttpClient {

    private static final int MAX_MEMORY_BYTES = 1 << 20;
    private static final Duration MIN_WAIT = Duration.ofMillis(1);

    private final TrackerClientSettings settings;
    private final InstantSource clock;
    private final HttpClient client;

    RedirectingHttpClient(TrackerClientSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    TrackerResponse get(String url, Map<String, String> headers, TimeBudget budget) {
        RedirectPolicy redirects = new RedirectPolicy(URI.create(url));
        while (true) {
            ResponseBuffer buffer = new ResponseBuffer(MAX_MEMORY_BYTES, settings.bodyLimit());
            TrackerResponse response = await(send(redirects.target(), headers, buffer), buffer, budget);
            if (!redirects.follow(response)) {
                return response;
            }
            response.close();
        }
    }

    private CompletableFuture<HttpResponse<ResponseBuffer>> send(
            URI target, Map<String, String> headers, ResponseBuffer buffer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "gonka-pulse-tracker-poller");
        headers.forEach(request::setHeader);
        return client.sendAsync(request.build(), info -> buffer.subscriber());
    }

    /** Waits in steps, because each received buffer extends the idle timeout. Cancels an exchange that fails. */
    private TrackerResponse await(
            CompletableFuture<HttpResponse<ResponseBuffer>> exchange, ResponseBuffer buffer, TimeBudget budget) {
        boolean complete = false;
        try {
            while (true) {
                try {
                    HttpResponse<ResponseBuffer> arrived =
                            exchange.get(timeToWait(buffer, budget).toMillis(), TimeUnit.MILLISECONDS);
                    TrackerResponse response =
                            new TrackerResponse(arrived.statusCode(), arrived.headers(), buffer, clock.instant());
                    complete = true;
                    return response;
                } catch (TimeoutException e) {
                    requireTimeLeft(buffer, budget);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TrackerRequestException.of(
                    RequestFailureReason.OUT_OF_TIME, "interrupted before the response arrived", e);
        } catch (ExecutionException e) {
            throw toRequestException(e.getCause() == null ? e : e.getCause());
        } finally {
            if (!complete) {
                exchange.cancel(true);
                buffer.close();
            }
        }
    }

    private Duration timeToWait(ResponseBuffer buffer, TimeBudget budget) {
        Duration idleTimeLeft = settings.idleTimeout().minus(buffer.idleTime());
        Duration shorter = idleTimeLeft.compareTo(budget.remaining()) < 0 ? idleTimeLeft : budget.remaining();
        return shorter.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : shorter;
    }

    private void requireTimeLeft(ResponseBuffer buffer, TimeBudget budget) {
        if (budget.isExpired()) {
            throw TrackerRequestException.of(RequestFailureReason.SLOW, "no complete response before the deadline");
        }
        if (buffer.idleTime().compareTo(settings.idleTimeout()) >= 0) {
            throw TrackerRequestException.of(
                    RequestFailureReason.SLOW, "nothing was received for " + settings.idleTimeout());
        }
    }

    private static TrackerRequestException toRequestException(Throwable failure) {
        if (failure instanceof TrackerRequestException known) {
            return known;
        }
        if (hasCause(failure, UnresolvedAddressException.class) || hasCause(failure, UnknownHostException.class)) {
            return TrackerRequestException.of(RequestFailureReason.UNKNOWN_HOST, "unknown host", failure);
        }
        if (hasCause(failure, SSLException.class)) {
            return TrackerRequestException.of(RequestFailureReason.TLS, "TLS failed: " + failure.getMessage(), failure);
        }
        if (hasCause(failure, HttpConnectTimeoutException.class) || hasCause(failure, ConnectException.class)) {
            String reason = failure.getMessage() == null ? "connection refused" : failure.getMessage();
            return TrackerRequestException.of(RequestFailureReason.NO_CONNECTION, "no connection: " + reason, failure);
        }
        return hasCause(failure, HttpTimeoutException.class)
                ? TrackerRequestException.of(RequestFailureReason.SLOW, "no response in time", failure)
                : TrackerRequestException.of(
                        RequestFailureReason.BROKEN_OFF, "the response broke off: " + failure.getMessage(), failure);
    }

    /** Bounded, because causes can form a cycle. */
    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }

    /** Follows redirects of one request: same host only, never from https to http, at most three, no loop. */
    static final class RedirectPolicy {

        private static final int MAX_REDIRECTS = 3;

        private final Set<URI> seen = new HashSet<>();
        private URI target;

        RedirectPolicy(URI target) {
            this.target = target;
        }

        URI target() {
            return target;
        }

        /** Returns whether the response is a redirect; then {@link #target} has changed. */
        boolean follow(TrackerResponse response) {
            if (response.status() < 300 || response.status() > 399 || response.status() == 304) {
                return false;
            }
            try {
                target = nextTarget(response);
                return true;
            } catch (TrackerRequestException refused) {
                response.close();
                throw refused;
            }
        }

        /** Other hosts are rejected because limits and circuit belong to this one. */
        private URI nextTarget(TrackerResponse response) {
            URI next = resolve(response.header("location")
                    .orElseThrow(() -> rejected("status " + response.status() + " without a Location header")));
            boolean sameHost = target.getHost().equalsIgnoreCase(next.getHost());
            boolean sameOrSafer = "https".equalsIgnoreCase(next.getScheme())
                    || target.getScheme().equalsIgnoreCase(next.getScheme());
            if (!sameHost || !sameOrSafer) {
                throw rejected("a redirect to another host or away from https is not followed");
            }
            seen.add(target);
            if (seen.contains(next) || seen.size() > MAX_REDIRECTS) {
                throw rejected("redirects loop, or more than " + MAX_REDIRECTS + " of them follow each other");
            }
            return next;
        }

        private URI resolve(String location) {
            try {
                return target.resolve(location);
            } catch (IllegalArgumentException e) {
                throw rejected("the location of a redirect is not a URL");
            }
        }

        private static TrackerRequestException rejected(String reason) {
            return TrackerRequestException.of(RequestFailureReason.REDIRECT, reason);
        }
    }
}
