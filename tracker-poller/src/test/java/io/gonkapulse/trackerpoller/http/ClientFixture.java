package io.gonkapulse.trackerpoller.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.trackerpoller.http.FailoverClient.AddressState;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests to the addresses of one tracker and counts the outcomes. */
final class ClientFixture {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Duration LONG_TIMEOUT = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final FailoverClient client;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    /** Retries without back-off. */
    ClientFixture(InstantSource clock, String... urls) {
        this(clock, TestTrackerClientSettings.settings(urls));
    }

    /** Retries without back-off. */
    ClientFixture(InstantSource clock, TestTrackerClientSettings settings) {
        this(clock, backOff -> {}, settings);
    }

    ClientFixture(InstantSource clock, MonotonicClock monotonicClock, TestTrackerClientSettings settings) {
        this.clock = clock;
        this.client = new FailoverClient("somewhere", settings.build(), clock, monotonicClock, meters);
    }

    /** The body from the first address that responds. */
    String get(String path) {
        return get(TrackerRequest.get(path), LONG_TIMEOUT);
    }

    String get(TrackerRequest request, Duration time) {
        return client.execute(clock.instant().plus(time), client -> read(client, request));
    }

    /** The address that responded. */
    String respondingUrl() {
        return client.execute(clock.instant().plus(LONG_TIMEOUT), client -> {
            read(client, TrackerRequest.get("/"));
            return client.url();
        });
    }

    List<RequestFailureReason> failures(Duration time) {
        return exhausted(time).failures().stream()
                .map(TrackerRequestException::reason)
                .toList();
    }

    AllAddressesFailedException exhausted(Duration time) {
        return exhausted(time, "/");
    }

    AllAddressesFailedException exhausted(Duration time, String path) {
        return assertThrows(AllAddressesFailedException.class, () -> get(TrackerRequest.get(path), time));
    }

    FailoverClient client() {
        return client;
    }

    List<String> circuits() {
        return client.addressStates().stream().map(AddressState::circuit).toList();
    }

    /** The number of requests by outcome. */
    Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        meters.find(PulseMeter.TRACKER_REQUESTS.id())
                .timers()
                .forEach(timer -> outcomes.merge(timer.getId().getTag("outcome"), (int) timer.count(), Integer::sum));
        return outcomes;
    }

    static String read(TrackerClient client, TrackerRequest request) {
        try (TrackerResponse response = client.get(request)) {
            return read(response);
        }
    }

    static String read(TrackerResponse response) {
        try (InputStream body = response.open()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
