package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;

/**
 * Creates the failure for responses that contradict each other. That happens when several machines share one name and
 * some lag behind.
 */
final class InconsistentResponseFactory {

    private InconsistentResponseFactory() {}

    static TrackerRequestException create(TrackerClient client, String details) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "The responses of " + client.url() + " contradict each other. " + details);
    }
}
