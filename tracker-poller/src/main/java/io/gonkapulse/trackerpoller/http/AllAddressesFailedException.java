package io.gonkapulse.trackerpoller.http;

import java.util.List;
import java.util.stream.Collectors;

/** No address of a tracker gave a usable response. */
public final class AllAddressesFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<TrackerRequestException> failures;

    AllAddressesFailedException(String tracker, List<TrackerRequestException> failures) {
        super(describe(tracker, failures));
        this.failures = List.copyOf(failures);
        failures.forEach(this::addSuppressed);
    }

    /** The message: the reason of each address. */
    public static String describe(String tracker, List<TrackerRequestException> failures) {
        return "No address of " + tracker + " gave a usable response: "
                + failures.stream()
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .collect(Collectors.joining("; "));
    }

    /** The failure of each address, in the order of the attempts. */
    List<TrackerRequestException> failures() {
        return failures;
    }

    /** Whether the tracker itself responded at least once, even if the response is unusable. */
    public boolean hasTrackerResponse() {
        return failures.stream().anyMatch(TrackerRequestException::isTrackerResponse);
    }
}
