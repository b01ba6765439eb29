package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.SkipReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a poll received. Closing it closes the response. */
sealed interface PolledResponse extends AutoCloseable {

    @Override
    void close();

    /** A response with participants; {@code url} is the address that sent it. */
    sealed interface UsableResponse extends PolledResponse {

        String url();

        ParticipantIndex participants();

        default CurrentEpochResponse epoch() {
            return participants().response();
        }

        @Override
        default void close() {
            epoch().close();
        }
    }

    record FreshResponse(String url, ParticipantIndex participants) implements UsableResponse {}

    /** Old, but published if nothing newer is known. */
    record StaleResponse(String url, ParticipantIndex participants) implements UsableResponse {}

    /** Below a published block, so it is not published. */
    record OutdatedResponse(String url, ParticipantIndex participants) implements UsableResponse {}

    /**
     * No response that could be published.
     *
     * @param failures of each address
     * @param skipped the entries of the last response that had entries, but no usable one
     */
    record UnusableResponse(List<TrackerRequestException> failures, Map<SkipReason, Long> skipped)
            implements PolledResponse {

        UnusableResponse and(UnusableResponse next) {
            List<TrackerRequestException> all = new ArrayList<>(failures);
            all.addAll(next.failures);
            return new UnusableResponse(all, next.skipped.isEmpty() ? skipped : next.skipped);
        }

        @Override
        public void close() {
            // The response of a failed address is closed already.
        }
    }
}
