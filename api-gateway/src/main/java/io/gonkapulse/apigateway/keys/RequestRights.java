package io.gonkapulse.apigateway.keys;

import io.gonkapulse.apigateway.settings.KeyRight;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What the client of a request may see. It is kept at the request, because the key is known before the route is. */
public final class RequestRights {

    private static final String ATTRIBUTE = RequestRights.class.getName();

    private RequestRights() {}

    public static void set(HttpServletRequest request, Set<KeyRight> rights) {
        request.setAttribute(ATTRIBUTE, rights);
    }

    /** False for a request whose key nobody has looked at. */
    public static boolean has(HttpServletRequest request, KeyRight right) {
        return request.getAttribute(ATTRIBUTE) instanceof Set<?> rights && rights.contains(right);
    }
}
