package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.ResponseBufferSubscriber.IdleTimer;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request and follows its redirects. Pools connections and uses HTTP/2 where the server offers it. */
final class RedirectingHttpClient {

    private static final int MAX_MEMORY_BYTES = 1 << 20;

    private final TrackerClientSettings settings;
    private final HttpClient client;

    RedirectingHttpClient(TrackerClientSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    RawResponse get(String url, Map<String, String> headers, TimeBudget budget) {
        RedirectPolicy redirects = new RedirectPolicy(URI.create(url));
        while (true) {
            RawResponse fetched = exchange(redirects.target(), headers, budget);
            if (!redirects.follow(fetched)) {
                return fetched;
            }
            fetched.body().close();
        }
    }

    private RawResponse exchange(URI target, Map<String, String> headers, TimeBudget budget) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "gonka-pulse-tracker-poller");
        headers.forEach(request::setHeader);
        ResponseBuffer buffer = new ResponseBuffer(MAX_MEMORY_BYTES);
        IdleTimer idleTimer = new IdleTimer();
        BodyHandler<ResponseBuffer> handler =
                info -> new ResponseBufferSubscriber(buffer, settings.bodyLimit(), idleTimer);
        CompletableFuture<HttpResponse<ResponseBuffer>> exchange = client.sendAsync(request.build(), handler);
        boolean arrived = false;
        try {
            HttpResponse<ResponseBuffer> response = await(exchange, idleTimer, budget);
            arrived = true;
            return new RawResponse(response.statusCode(), response.headers(), response.body());
        } finally {
            if (!arrived) {
                exchange.cancel(true);
                buffer.close();
            }
        }
    }

    /** Waits in steps, because each received buffer extends the idle timeout. */
    private HttpResponse<ResponseBuffer> await(
            CompletableFuture<HttpResponse<ResponseBuffer>> exchange, IdleTimer idleTimer, TimeBudget budget) {
        while (true) {
            Duration idleTimeLeft = settings.idleTimeout().minus(idleTimer.idleTime());
            Duration wait = idleTimeLeft.compareTo(budget.remaining()) < 0 ? idleTimeLeft : budget.remaining();
            try {
                return exchange.get(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                requireTimeLeft(idleTimer, budget);
            } catch (ExecutionException e) {
                throw HttpFailureMapper.toRequestException(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw TrackerRequestException.of(
                        RequestFailureReason.OUT_OF_TIME, "interrupted before the response arrived", e);
            }
        }
    }

    private void requireTimeLeft(IdleTimer idleTimer, TimeBudget budget) {
        if (budget.isExpired()) {
            throw TrackerRequestException.of(RequestFailureReason.SLOW, "no complete response before the deadline");
        }
        if (idleTimer.idleTime().compareTo(settings.idleTimeout()) >= 0) {
            throw TrackerRequestException.of(
                    RequestFailureReason.SLOW, "nothing was received for " + settings.idleTimeout());
        }
    }
}
