package io.gonkapulse.trackerpoller.site;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The addresses of one tracker. May be used by many threads; each call makes its own way through them. */
public final class Sites {

    private final String tracker;
    private final InstantSource clock;
    private final List<GuardedSite> sites;

    public Sites(String tracker, SiteSettings settings, InstantSource clock, SiteWatch watch) {
        this.tracker = tracker;
        this.clock = clock;
        HttpFetch http = new HttpFetch(settings);
        Limits limits = new Limits(tracker, settings);
        this.sites = settings.urls().stream()
                .map(url -> new GuardedSite(url, settings, http, limits, clock, watch))
                .toList();
    }

    /**
     * Does something at one site after the other until it succeeds; each gets its share of the time, so that one that
     * never answers does not use up that of the others.
     *
     * @throws SitesExhaustedException when it succeeded nowhere
     */
    public <T> T first(Instant deadline, SiteCall<T> call) {
        TimeBudget budget = TimeBudget.of(Duration.between(clock.instant(), deadline));
        List<GuardedSite> order = inOrder();
        List<SiteException> failures = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            GuardedSite site = order.get(i);
            try {
                T result = call.on(new SiteForATask(site, budget.shareOfOneIn(order.size() - i)));
                site.succeeded();
                return result;
            } catch (SiteException failure) {
                SiteException there = failure.at(site.url());
                site.failed(there);
                failures.add(there);
            }
        }
        throw new SitesExhaustedException(tracker, failures);
    }

    /** For health. */
    public List<SiteState> states() {
        return sites.stream().map(GuardedSite::state).toList();
    }

    /** As configured, but those that failed a moment ago last. */
    private List<GuardedSite> inOrder() {
        List<GuardedSite> order = new ArrayList<>();
        List<GuardedSite> resting = new ArrayList<>();
        sites.forEach(site -> (site.isResting() ? resting : order).add(site));
        order.addAll(resting);
        return order;
    }
}
