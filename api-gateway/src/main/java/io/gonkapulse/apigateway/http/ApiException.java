package io.gonkapulse.apigateway.http;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** A request that has no result because of what the client sent. The client gets its problem as it is. */
public final class ApiException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private ApiException(HttpStatus status, String detail) {
        super(status, ProblemWriter.createProblem(status, detail), null);
    }

    /** No node has the identifier, or it is deleted. */
    public static ApiException unknownNode(String identifier) {
        return new ApiException(HttpStatus.NOT_FOUND, "No node has the identifier \"" + shorten(identifier) + '"');
    }

    public static ApiException badParameter(String parameter, String detail) {
        ApiException failure = new ApiException(HttpStatus.BAD_REQUEST, detail);
        failure.getBody().setProperty("parameter", parameter);
        return failure;
    }

    /** Creates a detail of the form "name: expected …, got …". */
    static ApiException badParameter(String parameter, String expected, String got) {
        return badParameter(parameter, parameter + ": expected " + expected + ", got \"" + shorten(got) + '"');
    }

    /** Makes text of a client safe to return: printable and short. */
    static String shorten(String text) {
        String visible = text.replaceAll("[^\\p{Print}\\p{L}\\p{N}]", "?");
        return visible.codePointCount(0, visible.length()) <= MAX_SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
