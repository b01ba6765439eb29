package io.gonkapulse.trackerpoller.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the addresses of one tracker, and counts what came of it. */
final class Asking {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Duration PLENTY = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Sites sites;
    private final Map<String, Integer> outcomes = new TreeMap<>();

    Asking(InstantSource clock, SiteSettings settings) {
        this.clock = clock;
        this.sites = new Sites("somewhere", settings, clock, (url, outcome, took) -> count(outcome));
    }

    Asking(InstantSource clock, String... urls) {
        this(clock, settings(urls));
    }

    static SiteSettings settings(String... urls) {
        return settings(Duration.ofMillis(400), urls);
    }

    /** Does not mind silence. */
    static SiteSettings patient(String... urls) {
        return settings(PLENTY, urls);
    }

    static SiteSettings settings(Duration idleTimeout, String... urls) {
        return new SiteSettings(List.of(urls), Duration.ofSeconds(2), idleTimeout, 4_000_000, 10_000, 100);
    }

    /** What is read at the first address that answers. */
    String ask(String path) {
        return ask(Request.get(path), PLENTY);
    }

    String ask(Request request, Duration time) {
        return sites.first(clock.instant().plus(time), site -> read(site, request));
    }

    /** The address that answered. */
    String askWhere() {
        return sites.first(clock.instant().plus(PLENTY), site -> {
            read(site, Request.get("/"));
            return site.url();
        });
    }

    List<Reason> failures(Duration time) {
        return exhausted(time).failures().stream().map(SiteException::reason).toList();
    }

    SitesExhaustedException exhausted(Duration time) {
        return exhausted(time, "/");
    }

    SitesExhaustedException exhausted(Duration time, String path) {
        return assertThrows(SitesExhaustedException.class, () -> ask(Request.get(path), time));
    }

    Sites sites() {
        return sites;
    }

    List<String> circuits() {
        return sites.states().stream().map(SiteState::circuit).toList();
    }

    /** How often which outcome was reported. */
    synchronized Map<String, Integer> outcomes() {
        return Map.copyOf(outcomes);
    }

    private synchronized void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    static String read(Site site, Request request) {
        try (Answer answer = site.ask(request)) {
            return read(answer);
        }
    }

    static String read(Answer answer) {
        try (InputStream body = answer.open()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
