package io.gonkapulse.apigateway.http;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;

/** A request that has no result because of what the client sent. The client gets the code and the message. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final ProblemCode code;
    private final String detail;
    private final transient Map<String, Object> properties;
    private final transient HttpHeaders headers;

    private ApiException(ProblemCode code, String detail, Map<String, Object> properties, HttpHeaders headers) {
        // Without a stack trace: nobody reads it, and it costs more than the response.
        super(detail, null, false, false);
        this.code = code;
        this.detail = detail;
        this.properties = properties;
        this.headers = headers;
    }

    /** No node has the identifier, or it is deleted. */
    public static ApiException unknownNode(String identifier) {
        return new ApiException(
                ProblemCode.NODE_NOT_FOUND,
                "No node has the identifier \"" + shorten(identifier) + '"',
                Map.of("wellFormed", NodeAddressValidator.isWellFormed(identifier)),
                HttpHeaders.EMPTY);
    }

    public static ApiException unknownEpoch(long epoch) {
        return new ApiException(ProblemCode.EPOCH_NOT_FOUND, "No data of epoch " + epoch, Map.of(), HttpHeaders.EMPTY);
    }

    /** No job has the id, or it is purged. */
    public static ApiException unknownJob(UUID id) {
        return new ApiException(ProblemCode.JOB_NOT_FOUND, "No job has the id " + id, Map.of(), HttpHeaders.EMPTY);
    }

    /** The route needs a key, and the client sent none. */
    public static ApiException keyRequired(String detail) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return new ApiException(ProblemCode.KEY_REQUIRED, detail, Map.of(), headers);
    }

    /** The client's key lacks a right. */
    public static ApiException rightRequired(String detail) {
        return new ApiException(ProblemCode.RIGHT_REQUIRED, detail, Map.of(), HttpHeaders.EMPTY);
    }

    /** The client may retry after some seconds. */
    public static ApiException retryLater(ProblemCode code, String detail, int seconds) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        return new ApiException(code, detail, Map.of(), headers);
    }

    public static ApiException badParameter(String parameter, String detail) {
        return badParameters(List.of(new BadParameter(parameter, detail)));
    }

    /** Creates a detail of the form "name: expected …, got …". */
    public static ApiException badParameter(String parameter, String expected, String got) {
        return badParameter(parameter, parameter + ": expected " + expected + ", got \"" + shorten(got) + '"');
    }

    /** Lists all invalid parameters; the first one is also in the fields {@code parameter} and {@code detail}. */
    static ApiException badParameters(List<BadParameter> errors) {
        BadParameter first = errors.get(0);
        return new ApiException(
                ProblemCode.BAD_PARAMETER,
                first.detail(),
                Map.of("parameter", first.parameter(), "errors", List.copyOf(errors)),
                HttpHeaders.EMPTY);
    }

    /** Makes text of a client safe to return: printable and short. */
    static String shorten(String text) {
        String visible = text.replaceAll("[^\\p{Print}\\p{L}\\p{N}]", "?");
        return visible.codePointCount(0, visible.length()) <= MAX_SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return detail;
    }

    Map<String, Object> properties() {
        return properties;
    }

    HttpHeaders headers() {
        return headers;
    }

    /** Returns the errors of an exception for invalid parameters; empty for others. */
    List<BadParameter> badParameters() {
        return properties.get("errors") instanceof List<?> errors
                ? errors.stream().map(BadParameter.class::cast).toList()
                : List.of();
    }

    /** An unknown or invalid parameter, as the response shows it. */
    record BadParameter(String parameter, String detail) {}
}
