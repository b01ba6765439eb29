package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;

/** Answers that do not fit each other, as they come when a site is several machines of which some are behind. */
final class InconsistentResponseFactory {

    private InconsistentResponseFactory() {}

    static TrackerRequestException create(TrackerClient site, String what) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE, "The answers of " + site.url() + " do not fit each other. " + what);
    }
}
