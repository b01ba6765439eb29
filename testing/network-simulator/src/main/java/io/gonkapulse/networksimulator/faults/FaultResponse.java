package io.gonkapulse.networksimulator.faults;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A response that replaces the requested one. */
public record FaultResponse(int status, Map<String, String> headers, String body) {

    private static final String TOO_MANY = "{\"detail\":\"Too many requests\"}";
    private static final String PAGE = "<!doctype html>\n<html><head><title>Gonka tracker</title></head>"
            + "<body><div id=\"root\"></div></body></html>\n";

    /**
     * Returns the response that the faults require, if any.
     *
     * @param authority host and port of the endpoint
     * @param target the requested path and query
     */
    public static Optional<FaultResponse> of(Collection<EndpointFault> faults, String authority, String target) {
        if (faults.contains(EndpointFault.TOO_MANY_REQUESTS)) {
            return Optional.of(new FaultResponse(429, json(), TOO_MANY));
        }
        if (faults.contains(EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER)) {
            return Optional.of(
                    new FaultResponse(429, Map.of("Content-Type", "application/json", "Retry-After", "7"), TOO_MANY));
        }
        if (faults.contains(EndpointFault.SERVICE_UNAVAILABLE)) {
            return Optional.of(new FaultResponse(503, json(), "{\"detail\":\"Service not initialized\"}"));
        }
        if (faults.contains(EndpointFault.HTML_WITH_STATUS_200)) {
            return Optional.of(new FaultResponse(200, Map.of("Content-Type", "text/html; charset=utf-8"), PAGE));
        }
        return redirect(faults, authority, target);
    }

    /** Redirects to https, whose handshake fails, or to the same address. */
    private static Optional<FaultResponse> redirect(Collection<EndpointFault> faults, String authority, String target) {
        if (faults.contains(EndpointFault.TLS_FAILURE)) {
            return Optional.of(new FaultResponse(307, Map.of("Location", "https://" + authority + target), ""));
        }
        if (faults.contains(EndpointFault.REDIRECT_LOOP)) {
            return Optional.of(new FaultResponse(302, Map.of("Location", "http://" + authority + target), ""));
        }
        return Optional.empty();
    }

    private static Map<String, String> json() {
        return Map.of("Content-Type", "application/json");
    }
}
