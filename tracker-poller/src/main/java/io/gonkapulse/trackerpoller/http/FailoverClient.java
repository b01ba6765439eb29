package io.gonkapulse.trackerpoller.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The HTTP client of one tracker. It tries the addresses in order until one succeeds. Thread-safe. */
public final class FailoverClient {

    private final String tracker;
    private final InstantSource clock;
    private final List<CircuitBreakerClient> clients;

    public FailoverClient(
            String tracker, TrackerClientSettings settings, InstantSource clock, TrackerRequestListener listener) {
        this.tracker = tracker;
        this.clock = clock;
        RedirectingHttpClient http = new RedirectingHttpClient(settings);
        TrackerRequestLimiter limits = new TrackerRequestLimiter(tracker, settings);
        this.clients = settings.urls().stream()
                .map(url -> new CircuitBreakerClient(url, settings, http, limits, clock, listener))
                .toList();
    }

    /**
     * Runs a call against one address after the other until it succeeds. Each address gets its share of the remaining
     * time, so that a silent one leaves time for the others.
     *
     * @throws AllAddressesFailedException when no address succeeds
     */
    public <T> T execute(Instant deadline, ClientCall<T> call) {
        TimeBudget budget = TimeBudget.of(Duration.between(clock.instant(), deadline));
        List<CircuitBreakerClient> ordered = orderedClients();
        List<TrackerRequestException> failures = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            CircuitBreakerClient client = ordered.get(i);
            try {
                T result = call.execute(new RetryingClient(client, budget.share(ordered.size() - i)));
                client.recordSuccess();
                return result;
            } catch (TrackerRequestException failure) {
                TrackerRequestException there = failure.withUrl(client.url());
                client.recordFailure(there);
                failures.add(there);
            }
        }
        throw new AllAddressesFailedException(tracker, failures);
    }

    /** For the health endpoint. */
    public List<AddressState> addressStates() {
        return clients.stream().map(CircuitBreakerClient::state).toList();
    }

    /** In the configured order, but addresses that failed recently come last. */
    private List<CircuitBreakerClient> orderedClients() {
        List<CircuitBreakerClient> ordered = new ArrayList<>();
        List<CircuitBreakerClient> coolingDown = new ArrayList<>();
        clients.forEach(client -> (client.isCoolingDown() ? coolingDown : ordered).add(client));
        ordered.addAll(coolingDown);
        return ordered;
    }

    /** Receives every exchange with an address. */
    public interface TrackerRequestListener {

        /**
         * Called after each exchange.
         *
         * @param outcome ok, or the failure reason in lower case
         */
        void onRequestCompleted(String url, String outcome, Duration duration);
    }

    /**
     * The state of one address, as the health endpoint shows it.
     *
     * @param circuit closed, open or half_open
     */
    public record AddressState(
            String url,
            String circuit,
            @Nullable Instant lastSuccess,
            @Nullable String lastFailure) {}
}
