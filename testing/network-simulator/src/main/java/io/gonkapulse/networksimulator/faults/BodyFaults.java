package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.networksimulator.http.LoopbackExchange;
import java.io.OutputStream;
import java.util.Collection;

/** Injects faults into the bytes of a body and into their transport. */
public final class BodyFaults {

    private BodyFaults() {}

    /** Wraps the uncompressed document. */
    public static OutputStream wrapDocument(OutputStream out, Collection<EndpointFault> faults) {
        OutputStream faulty = faults.contains(EndpointFault.SEVERAL_MEGABYTES) ? new PaddedOutputStream(out) : out;
        faulty = faults.contains(EndpointFault.INVALID_UTF8) ? new InvalidUtf8OutputStream(faulty) : faulty;
        faulty = faults.contains(EndpointFault.TRUNCATED_JSON) ? new TruncatingOutputStream(faulty) : faulty;
        return faults.contains(EndpointFault.ENDLESS_BODY) ? new EndlessOutputStream(faulty) : faulty;
    }

    /** Wraps the compressed stream to the client. */
    public static OutputStream wrapTransport(
            OutputStream out, LoopbackExchange exchange, Collection<EndpointFault> faults) {
        OutputStream faulty = faults.contains(EndpointFault.SLOW_BODY) ? new SlowOutputStream(out, exchange) : out;
        return faults.contains(EndpointFault.RESET_MID_BODY)
                ? new ConnectionResetOutputStream(faulty, exchange)
                : faulty;
    }
}
