package io.gonkapulse.apigateway.http;

import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Converts every exception to a problem. Client errors explain what to change; server errors contain only an id, which
 * is also in the log.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    @ExceptionHandler
    ResponseEntity<ProblemResponse> handleBadParameter(BadParameterException failure) {
        return response(ProblemResponse.of(HttpStatus.BAD_REQUEST, String.valueOf(failure.getMessage()))
                .withParameter(failure.parameter()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemResponse> handleUnknownNode(UnknownNodeException failure) {
        return response(ProblemResponse.of(HttpStatus.NOT_FOUND, String.valueOf(failure.getMessage())));
    }

    /** The database is unreachable, overloaded or slow, or its schema is not supported. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemResponse> handleDatabaseFailure(Exception failure) {
        return serviceUnavailable(failure);
    }

    /** The query string is malformed. */
    @ExceptionHandler
    ResponseEntity<ProblemResponse> handleUnreadableQuery(
            org.apache.tomcat.util.http.InvalidParameterException failure) {
        return response(ProblemResponse.of(
                HttpStatus.BAD_REQUEST, "The query string is malformed: expected name=value, %-encoded UTF-8"));
    }

    /** The client disconnected or did not read in time. No response can be sent, and Tomcat closes the connection. */
    @ExceptionHandler({ClientAbortException.class, CloseNowException.class})
    void handleClientDisconnect(IOException failure) throws IOException {
        throw failure;
    }

    /** Handles all exceptions without another handler. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemResponse> handleUnexpectedFailure(Exception failure) {
        String id = newId();
        LOG.error("Request failed, id {}", id, failure);
        return response(ProblemResponse.of(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error; report the id")
                .withId(id));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        String detail = body instanceof ProblemDetail problem ? problem.getDetail() : null;
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ProblemResponse.of(known, detail == null ? known.getReasonPhrase() : detail));
    }

    private static ResponseEntity<ProblemResponse> serviceUnavailable(Exception failure) {
        String id = newId();
        LOG.warn(
                "Database query failed, id {}: {}",
                id,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ProblemResponse.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The database does not respond in time; retry after the seconds in Retry-After")
                        .withId(id));
    }

    private static ResponseEntity<ProblemResponse> response(ProblemResponse problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(problem);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
