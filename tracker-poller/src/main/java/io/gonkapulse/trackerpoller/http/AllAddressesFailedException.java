package io.gonkapulse.trackerpoller.http;

import java.util.List;
import java.util.stream.Collectors;

/** No address of a tracker was any good. */
public final class AllAddressesFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<TrackerRequestException> failures;

    AllAddressesFailedException(String tracker, List<TrackerRequestException> failures) {
        super("No address of " + tracker + " had a usable answer: "
                + failures.stream()
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .collect(Collectors.joining("; ")));
        this.failures = List.copyOf(failures);
        failures.forEach(this::addSuppressed);
    }

    /** What was wrong with each address, in the order in which they were tried. */
    public List<TrackerRequestException> failures() {
        return failures;
    }

    /** Whether an address had an answer, be it one that is of no use. */
    public boolean hasTrackerResponse() {
        return failures.stream().anyMatch(TrackerRequestException::isTrackerResponse);
    }
}
