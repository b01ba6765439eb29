package io.gonkapulse.apigateway.security.keys;

import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.servicekit.keys.ApiKey;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The key of a request, as a request attribute like {@link RequestRightsContext}. */
public final class RequestKeyContext {

    private static final String ATTRIBUTE = RequestKeyContext.class.getName();

    private RequestKeyContext() {}

    public static void set(HttpServletRequest request, ApiKey<KeyRight> key) {
        request.setAttribute(ATTRIBUTE, key);
    }

    /** Returns empty if the client sent no key. */
    @SuppressWarnings("unchecked") // only set() writes the attribute
    public static Optional<ApiKey<KeyRight>> find(HttpServletRequest request) {
        return Optional.ofNullable((ApiKey<KeyRight>) request.getAttribute(ATTRIBUTE));
    }
}
