package io.gonkapulse.jobreporter.publishing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of some events. Those in neither list are stored.
 *
 * @param unsent to be sent again, in this order
 * @param rejected refused for ever
 * @param failure why some are unsent or rejected
 * @param retryAfter the delay that the server asked for
 */
public record PublishResult(
        List<EncodedEvent> unsent,
        List<EncodedEvent> rejected,
        @Nullable String failure,
        Optional<Duration> retryAfter) {

    public static final PublishResult STORED = new PublishResult(List.of(), List.of(), null, Optional.empty());

    public PublishResult {
        unsent = List.copyOf(unsent);
        rejected = List.copyOf(rejected);
    }

    static PublishResult unsent(List<EncodedEvent> events, String failure) {
        return new PublishResult(events, List.of(), failure, Optional.empty());
    }
}
