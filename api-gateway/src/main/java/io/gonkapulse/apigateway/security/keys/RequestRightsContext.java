package io.gonkapulse.apigateway.security.keys;

import io.gonkapulse.apigateway.core.KeyRight;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * The rights of a request's client. They are stored as a request attribute, because the filter reads the key before the
 * route is known.
 */
public final class RequestRightsContext {

    private static final String ATTRIBUTE = RequestRightsContext.class.getName();

    private RequestRightsContext() {}

    public static void set(HttpServletRequest request, Set<KeyRight> rights) {
        request.setAttribute(ATTRIBUTE, rights);
    }

    /** Returns false if no filter has set rights. */
    public static boolean has(HttpServletRequest request, KeyRight right) {
        return request.getAttribute(ATTRIBUTE) instanceof Set<?> rights && rights.contains(right);
    }
}
