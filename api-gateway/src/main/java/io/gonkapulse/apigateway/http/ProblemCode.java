package io.gonkapulse.apigateway.http;

import io.gonkapulse.servicekit.http.ProblemType;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The stable {@code code} of a problem. The status may be shared; the code says what happened. */
public enum ProblemCode implements ProblemType {
    BAD_PARAMETER(HttpStatus.BAD_REQUEST),
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST),
    KEY_REQUIRED(HttpStatus.UNAUTHORIZED),
    KEY_UNKNOWN(HttpStatus.UNAUTHORIZED),
    ORIGIN_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    RIGHT_REQUIRED(HttpStatus.FORBIDDEN),
    NODE_NOT_FOUND(HttpStatus.NOT_FOUND),
    EPOCH_NOT_FOUND(HttpStatus.NOT_FOUND),
    JOB_NOT_FOUND(HttpStatus.NOT_FOUND),
    ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    BAD_ACCEPT_HEADER(HttpStatus.NOT_ACCEPTABLE),
    EXPECTATION_FAILED(HttpStatus.EXPECTATION_FAILED),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    OVERLOADED(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_UNREAD(HttpStatus.TOO_MANY_REQUESTS),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),
    NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED),
    HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    MIGRATION_REQUIRED(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    ProblemCode(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    /** The word in the response. */
    @Override
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the code for a refusal by Spring or Tomcat, of which only the status is known. */
    static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 400 -> MALFORMED_REQUEST;
            case 404 -> ROUTE_NOT_FOUND;
            default ->
                Arrays.stream(values())
                        .filter(code -> code.status.value() == status)
                        .findFirst()
                        .orElse(status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR);
        };
    }
}
