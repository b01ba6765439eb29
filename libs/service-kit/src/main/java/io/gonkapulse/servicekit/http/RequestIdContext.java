package io.gonkapulse.servicekit.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request: the client's own if it is short and simple, otherwise a random one. */
public final class RequestIdContext {

    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIdContext.class.getName();
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIdContext() {}

    /** Returns the id, which stays the same for the whole request. */
    public static String requestId(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String known ? known : choose(request);
    }

    private static String choose(HttpServletRequest request) {
        String sent = request.getHeader(HEADER);
        String id = sent != null && VALID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
