package io.gonkapulse.apigateway.security.keys;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The key of a request, as a request attribute like {@link RequestRightsContext}. */
public final class RequestKeyContext {

    private static final String ATTRIBUTE = RequestKeyContext.class.getName();

    private RequestKeyContext() {}

    public static void set(HttpServletRequest request, ApiKey key) {
        request.setAttribute(ATTRIBUTE, key);
    }

    /** Returns empty if the client sent no key. */
    public static Optional<ApiKey> find(HttpServletRequest request) {
        return Optional.ofNullable((ApiKey) request.getAttribute(ATTRIBUTE));
    }
}
