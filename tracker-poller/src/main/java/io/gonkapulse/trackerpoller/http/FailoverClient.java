package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one tracker. It tries the addresses in order until one succeeds. Thread-safe.
 *
 * <p>The way of every request is composed in this class. From the outside in: an {@link AddressAttempt} shares the
 * deadline between the addresses, {@link RetryingClient} retries, {@link CircuitBreakerClient} refuses,
 * {@link TrackerRequestLimiter} waits for a permit, a timer measures, {@link RevalidatingClient} caches and accepts
 * JSON only, {@link RedirectingHttpClient} sends.
 */
public final class FailoverClient {

    /** For how long other addresses are preferred after a failure. */
    private static final Duration COOL_DOWN = Duration.ofSeconds(30);

    private final String tracker;
    private final TrackerClientSettings settings;
    private final InstantSource clock;
    private final MonotonicClock monotonicClock;
    private final MeterRegistry meters;
    private final List<Address> addresses;

    public FailoverClient(String tracker, TrackerClientSettings settings, InstantSource clock, MeterRegistry meters) {
        this(tracker, settings, clock, MonotonicClock.SYSTEM, meters);
    }

    FailoverClient(
            String tracker,
            TrackerClientSettings settings,
            InstantSource clock,
            MonotonicClock monotonicClock,
            MeterRegistry meters) {
        this.tracker = tracker;
        this.settings = settings;
        this.clock = clock;
        this.monotonicClock = monotonicClock;
        this.meters = meters;
        RedirectingHttpClient httpClient = new RedirectingHttpClient(settings, clock);
        TrackerRequestLimiter limiter = new TrackerRequestLimiter(tracker, settings, monotonicClock);
        this.addresses = settings.urls().stream()
                .map(url -> new Address(url, httpClient, limiter))
                .toList();
    }

    /** One step on the way of a request to an address: passes it on or refuses it. */
    @FunctionalInterface
    interface RequestStep {

        TrackerResponse get(TrackerRequest request, TimeBudget budget);
    }

    /**
     * Runs a call against one address after the other until it succeeds. A {@link TrackerRequestException} moves on to
     * the next address.
     *
     * @throws AllAddressesFailedException when no address succeeds
     */
    public <T> T execute(Instant deadline, Function<TrackerClient, T> call) {
        List<TrackerRequestException> failures = new ArrayList<>();
        for (AddressAttempt attempt : attempts(deadline)) {
            try {
                T result = call.apply(attempt.client());
                attempt.recordSuccess();
                return result;
            } catch (TrackerRequestException failure) {
                failures.add(attempt.recordFailure(failure));
            }
        }
        throw new AllAddressesFailedException(tracker, failures);
    }

    /** The addresses in the configured order, but those that failed recently come last. */
    public List<AddressAttempt> attempts(Instant deadline) {
        TimeBudget budget = TimeBudget.of(Duration.between(clock.instant(), deadline), monotonicClock);
        List<Address> ordered = new ArrayList<>();
        List<Address> coolingDown = new ArrayList<>();
        addresses.forEach(address -> (address.isCoolingDown() ? coolingDown : ordered).add(address));
        ordered.addAll(coolingDown);
        List<AddressAttempt> attempts = new ArrayList<>();
        for (Address address : ordered) {
            attempts.add(new AddressAttempt(address, budget, ordered.size() - attempts.size()));
        }
        return attempts;
    }

    /** For the health endpoint. */
    public List<AddressState> addressStates() {
        return addresses.stream().map(Address::state).toList();
    }

    /** One task's turn with one address. Its user reports whether the address gave what the task needs. */
    public static final class AddressAttempt {

        private final Address address;
        private final TimeBudget budget;
        private final int addressesLeft;

        private AddressAttempt(Address address, TimeBudget budget, int addressesLeft) {
            this.address = address;
            this.budget = budget;
            this.addressesLeft = addressesLeft;
        }

        /** Call when the turn begins: the client gets an even share of the time that is left then. */
        public TrackerClient client() {
            return address.client(budget.share(addressesLeft));
        }

        public void recordSuccess() {
            address.recordSuccess();
        }

        /** Returns the failure with the address in its message. */
        public TrackerRequestException recordFailure(TrackerRequestException failure) {
            return address.recordFailure(failure.withUrl(address.url));
        }
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

    private final class Address {

        private final String url;
        private final RevalidatingClient revalidating;
        private final CircuitBreakerClient circuit;
        private volatile Instant coolsDownUntil = Instant.MIN;
        private volatile @Nullable Instant lastSuccess;
        private volatile @Nullable String lastFailure;

        Address(String url, RedirectingHttpClient httpClient, TrackerRequestLimiter limiter) {
            this.url = url;
            this.revalidating = new RevalidatingClient(url, httpClient);
            this.circuit = new CircuitBreakerClient(url, COOL_DOWN, clock, limiter.limit(timed(url, revalidating)));
        }

        TrackerClient client(TimeBudget budget) {
            return new RetryingClient(url, settings.bodyLimit(), circuit, budget);
        }

        boolean isCoolingDown() {
            return clock.instant().isBefore(coolsDownUntil);
        }

        void recordSuccess() {
            coolsDownUntil = Instant.MIN;
            lastSuccess = clock.instant();
        }

        TrackerRequestException recordFailure(TrackerRequestException failure) {
            lastFailure = clock.instant() + " " + failure.getMessage();
            if (failure.isAddressFault()) {
                coolsDownUntil = clock.instant().plus(COOL_DOWN);
                revalidating.clearCache();
            }
            return failure;
        }

        AddressState state() {
            return new AddressState(url, circuit.state(), lastSuccess, lastFailure);
        }
    }

    /** Measures every request that was sent, also failed ones, without the wait for a permit. */
    private RequestStep timed(String url, RequestStep next) {
        return (request, budget) -> {
            long start = System.nanoTime();
            String outcome = "ok";
            try {
                return next.get(request, budget);
            } catch (TrackerRequestException failure) {
                outcome = failure.reason().name().toLowerCase(Locale.ROOT);
                throw failure;
            } finally {
                meters.timer(PulseMeter.TRACKER_REQUESTS.id(), "tracker", tracker, "url", url, "outcome", outcome)
                        .record(Duration.ofNanos(System.nanoTime() - start));
            }
        };
    }
}
