package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.servicekit.http.RequestClient;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** The client of a request: the name of its key, or its address. A filter sets it before the route is known. */
public final class RequestClientContext {

    private static final String ATTRIBUTE = RequestClientContext.class.getName();

    private RequestClientContext() {}

    static void set(HttpServletRequest request, RequestClient client) {
        request.setAttribute(ATTRIBUTE, client.name());
    }

    /** Returns a name that is the same for all requests of a client. */
    public static String name(HttpServletRequest request) {
        return (String) Objects.requireNonNull(request.getAttribute(ATTRIBUTE), "No filter has identified the client");
    }
}
