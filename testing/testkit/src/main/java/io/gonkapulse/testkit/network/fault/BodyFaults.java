package io.gonkapulse.testkit.network.fault;

import io.gonkapulse.testkit.network.http.Exchange;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.io.OutputStream;
import java.util.Collection;

/** The faults of a body that are a matter of its bytes and of how they are sent. */
public final class BodyFaults {

    private BodyFaults() {}

    /** Spoils the bytes of a document, before they are compressed. */
    public static OutputStream spoilDocument(OutputStream out, Collection<Quirk> quirks) {
        OutputStream spoiled = quirks.contains(Quirk.SEVERAL_MEGABYTES) ? new PaddedStream(out) : out;
        spoiled = quirks.contains(Quirk.INVALID_UTF8) ? new InvalidUtf8Stream(spoiled) : spoiled;
        spoiled = quirks.contains(Quirk.TRUNCATED_JSON) ? new TailKeepingStream(spoiled) : spoiled;
        return quirks.contains(Quirk.ENDLESS_BODY) ? new EndlessStream(spoiled) : spoiled;
    }

    /** Spoils the way of a body, after it is compressed. */
    public static OutputStream spoilTransport(OutputStream out, Exchange exchange, Collection<Quirk> quirks) {
        OutputStream spoiled = quirks.contains(Quirk.SLOW_DRIP) ? new DrippingStream(out, exchange) : out;
        return quirks.contains(Quirk.RESET_MID_BODY) ? new ResettingStream(spoiled, exchange) : spoiled;
    }
}
