package io.gonkapulse.earningsaggregator.ledger;

/** A well-formed snapshot says what cannot be true: trying again cannot help. */
public final class ImpossibleFactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImpossibleFactException(String expected, Object got) {
        super("Expected " + expected + ", got " + got);
    }
}
