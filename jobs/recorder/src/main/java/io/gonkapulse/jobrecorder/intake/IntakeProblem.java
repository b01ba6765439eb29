package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.servicekit.http.ProblemType;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Why a request was refused. Its name is the stable {@code code} of the response. */
enum IntakeProblem implements ProblemType {
    BAD_EVENT(HttpStatus.BAD_REQUEST),
    BAD_PARAMETER(HttpStatus.BAD_REQUEST),
    EMPTY_BODY(HttpStatus.BAD_REQUEST),
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST),
    KEY_REQUIRED(HttpStatus.UNAUTHORIZED),
    KEY_UNKNOWN(HttpStatus.UNAUTHORIZED),
    BOT_NOT_ALLOWED(HttpStatus.FORBIDDEN),
    FORWARDED_REQUEST(HttpStatus.FORBIDDEN),
    ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    SLOW_REQUEST(HttpStatus.REQUEST_TIMEOUT),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    TOO_MANY_LINES(HttpStatus.CONTENT_TOO_LARGE),
    LINE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS),
    OVERLOADED(HttpStatus.TOO_MANY_REQUESTS),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    IntakeProblem(HttpStatus status) {
        this.status = status;
    }

    @Override
    public HttpStatus status() {
        return status;
    }

    @Override
    public String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the problem for a refusal by Spring, of which only the status is known. */
    static IntakeProblem ofStatus(int status) {
        return status == HttpStatus.BAD_REQUEST.value()
                ? MALFORMED_REQUEST
                : Arrays.stream(values())
                        .filter(problem -> problem.status.value() == status)
                        .findFirst()
                        .orElse(status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR);
    }
}
