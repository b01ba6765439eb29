package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.FailoverClient.RequestStep;
import java.time.Duration;

/**
 * One address within the time budget of one task. Here a tracker's retries are configured: which failures are retried,
 * how often, and after which delay. No setting changes them.
 */
final class RetryingClient implements TrackerClient {

    private static final int MAX_ATTEMPTS = 3;
    private static final BackOff BACK_OFF = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(2));

    /** The server's clock and ours differ, and a request that comes too early is refused again. */
    private static final Duration RETRY_AFTER_MARGIN = Duration.ofMillis(50);

    private final String url;
    private final long bodyLimit;
    private final RequestStep next;
    private final TimeBudget budget;

    RetryingClient(String url, long bodyLimit, RequestStep next, TimeBudget budget) {
        this.url = url;
        this.bodyLimit = bodyLimit;
        this.next = next;
        this.budget = budget;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public long bodyLimit() {
        return bodyLimit;
    }

    /**
     * Throws the failure of the last request that was sent: a local refusal, such as an open circuit, would hide the
     * cause.
     */
    @Override
    public TrackerResponse get(TrackerRequest request) {
        TrackerRequestException lastSent = null;
        for (int attempt = 1; true; attempt++) {
            try {
                return next.get(request, budget);
            } catch (TrackerRequestException failure) {
                lastSent = failure.wasSent() || lastSent == null ? failure : lastSent;
                if (attempt == MAX_ATTEMPTS || !isRetryable(failure) || !sleep(backOff(attempt, failure))) {
                    throw lastSent;
                }
            }
        }
    }

    /** Does not start a wait that the deadline would end. */
    private boolean isRetryable(TrackerRequestException failure) {
        Duration longest = failure.retryAfter().orElse(BACK_OFF.max());
        return failure.isRetryable() && longest.compareTo(budget.remaining()) < 0;
    }

    private static Duration backOff(int attempt, TrackerRequestException failure) {
        return failure.retryAfter()
                .map(wait -> wait.plus(RETRY_AFTER_MARGIN))
                .orElseGet(() -> BACK_OFF.randomDelay(attempt));
    }

    /** Returns false when interrupted. */
    private boolean sleep(Duration time) {
        try {
            budget.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
