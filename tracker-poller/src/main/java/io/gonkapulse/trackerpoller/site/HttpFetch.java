package io.gonkapulse.trackerpoller.site;

import io.gonkapulse.trackerpoller.site.SiteException.Reason;
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

/** One exchange over HTTP: connections are pooled, HTTP/2 is spoken where it is offered, redirects stay on their host. */
final class HttpFetch {

    private static final int IN_MEMORY = 1 << 20;

    private final SiteSettings settings;
    private final HttpClient client;

    HttpFetch(SiteSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    Fetched fetch(String url, Map<String, String> headers, TimeBudget budget) {
        Redirects redirects = new Redirects(URI.create(url));
        while (true) {
            Fetched fetched = exchange(redirects.target(), headers, budget);
            if (!redirects.leadOn(fetched)) {
                return fetched;
            }
            fetched.spool().close();
        }
    }

    private Fetched exchange(URI target, Map<String, String> headers, TimeBudget budget) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "gonka-pulse-tracker-poller");
        headers.forEach(request::setHeader);
        Spool spool = new Spool(IN_MEMORY);
        Activity activity = new Activity();
        BodyHandler<Spool> handler = info -> new SpoolSubscriber(spool, settings.bodyLimit(), activity);
        CompletableFuture<HttpResponse<Spool>> exchange = client.sendAsync(request.build(), handler);
        boolean arrived = false;
        try {
            HttpResponse<Spool> response = await(exchange, activity, budget);
            arrived = true;
            return new Fetched(response.statusCode(), response.headers(), response.body());
        } finally {
            if (!arrived) {
                exchange.cancel(true);
                spool.close();
            }
        }
    }

    private HttpResponse<Spool> await(
            CompletableFuture<HttpResponse<Spool>> exchange, Activity activity, TimeBudget budget) {
        while (true) {
            Duration quiet = settings.idleTimeout().minus(activity.silence());
            Duration wait = quiet.compareTo(budget.left()) < 0 ? quiet : budget.left();
            try {
                return exchange.get(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                requireTime(activity, budget);
            } catch (ExecutionException e) {
                throw Failures.of(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SiteException.of(Reason.OUT_OF_TIME, "interrupted before the answer came", e);
            }
        }
    }

    private void requireTime(Activity activity, TimeBudget budget) {
        if (budget.isOver()) {
            throw SiteException.of(Reason.SLOW, "no whole answer in the time that there was");
        }
        if (activity.silence().compareTo(settings.idleTimeout()) >= 0) {
            throw SiteException.of(Reason.SLOW, "nothing came for " + settings.idleTimeout());
        }
    }
}
