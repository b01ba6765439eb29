package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The addresses of one tracker. May be used by many threads; each call makes its own way through them. */
public final class FailoverClient {

    private final String tracker;
    private final InstantSource clock;
    private final List<CircuitBreakerClient> clients;

    public FailoverClient(
            String tracker, TrackerClientSettings settings, InstantSource clock, TrackerRequestListener watch) {
        this.tracker = tracker;
        this.clock = clock;
        RedirectingHttpClient http = new RedirectingHttpClient(settings);
        TrackerRequestLimiter limits = new TrackerRequestLimiter(tracker, settings);
        this.clients = settings.urls().stream()
                .map(url -> new CircuitBreakerClient(url, settings, http, limits, clock, watch))
                .toList();
    }

    /**
     * Does something at one site after the other until it succeeds; each gets its share of the time, so that one that
     * never answers does not use up that of the others.
     *
     * @throws AllAddressesFailedException when it succeeded nowhere
     */
    public <T> T execute(Instant deadline, ClientCall<T> call) {
        TimeBudget budget = TimeBudget.of(Duration.between(clock.instant(), deadline));
        List<CircuitBreakerClient> order = orderedClients();
        List<TrackerRequestException> failures = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            CircuitBreakerClient site = order.get(i);
            try {
                T result = call.execute(new RetryingClient(site, budget.share(order.size() - i)));
                site.recordSuccess();
                return result;
            } catch (TrackerRequestException failure) {
                TrackerRequestException there = failure.withUrl(site.url());
                site.recordFailure(there);
                failures.add(there);
            }
        }
        throw new AllAddressesFailedException(tracker, failures);
    }

    /** For health. */
    public List<AddressState> addressStates() {
        return clients.stream().map(CircuitBreakerClient::state).toList();
    }

    /** As configured, but those that failed a moment ago last. */
    private List<CircuitBreakerClient> orderedClients() {
        List<CircuitBreakerClient> order = new ArrayList<>();
        List<CircuitBreakerClient> resting = new ArrayList<>();
        clients.forEach(site -> (site.isCoolingDown() ? resting : order).add(site));
        order.addAll(resting);
        return order;
    }
}
