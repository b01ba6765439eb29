package io.gonkapulse.trackerpoller.site;

import java.util.List;
import java.util.stream.Collectors;

/** No address of a tracker was any good. */
public final class SitesExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SiteException> failures;

    SitesExhaustedException(String tracker, List<SiteException> failures) {
        super("No address of " + tracker + " had a usable answer: "
                + failures.stream()
                        .map(failure -> String.valueOf(failure.getMessage()))
                        .collect(Collectors.joining("; ")));
        this.failures = List.copyOf(failures);
        failures.forEach(this::addSuppressed);
    }

    /** What was wrong with each address, in the order in which they were tried. */
    public List<SiteException> failures() {
        return failures;
    }

    /** Whether an address had an answer, be it one that is of no use. */
    public boolean isAnswered() {
        return failures.stream().anyMatch(SiteException::isAnswer);
    }
}
