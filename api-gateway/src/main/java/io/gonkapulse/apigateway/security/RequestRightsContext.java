package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.KeyRight;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What the client of a request may see. It is kept at the request, because the key is known before the route is. */
public final class RequestRightsContext {

    private static final String ATTRIBUTE = RequestRightsContext.class.getName();

    private RequestRightsContext() {}

    public static void set(HttpServletRequest request, Set<KeyRight> rights) {
        request.setAttribute(ATTRIBUTE, rights);
    }

    /** False for a request whose key nobody has looked at. */
    public static boolean has(HttpServletRequest request, KeyRight right) {
        return request.getAttribute(ATTRIBUTE) instanceof Set<?> rights && rights.contains(right);
    }
}
