package io.gonkapulse.apigateway.web;

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

/** Every failure as a problem: the client's own with what to mend, ours with an id and nothing of the inside. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String SECONDS_TO_COME_BACK = "2";

    @ExceptionHandler
    ResponseEntity<Problem> badParameter(BadParameterException failure) {
        return response(Problem.of(HttpStatus.BAD_REQUEST, String.valueOf(failure.getMessage()))
                .blaming(failure.parameter()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unknownNode(UnknownNodeException failure) {
        return response(Problem.of(HttpStatus.NOT_FOUND, String.valueOf(failure.getMessage())));
    }

    /** The database is away, full or slow; or its schema is not the one that we know. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Problem> databaseFailed(Exception failure) {
        return unavailable(failure);
    }

    /** The query string itself is broken. */
    @ExceptionHandler
    ResponseEntity<Problem> unreadableQuery(org.apache.tomcat.util.http.InvalidParameterException failure) {
        return response(
                Problem.of(HttpStatus.BAD_REQUEST, "The query cannot be read: expected name=value, %-encoded UTF-8"));
    }

    /** The client is gone, or did not read in time: nothing can be written, and Tomcat closes the connection. */
    @ExceptionHandler({ClientAbortException.class, CloseNowException.class})
    void clientGone(IOException failure) throws IOException {
        throw failure;
    }

    /** The top of the request's thread. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<Problem> failed(Exception failure) {
        String id = id();
        LOG.error("Request failed, id {}", id, failure);
        return response(
                Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; the id finds it in the log")
                        .with(id));
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
                .body(Problem.of(known, detail == null ? known.getReasonPhrase() : detail));
    }

    private static ResponseEntity<Problem> unavailable(Exception failure) {
        String id = id();
        LOG.warn(
                "The database did not answer, id {}: {}",
                id,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_COME_BACK)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(Problem.of(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "The database does not answer in time; try again shortly")
                        .with(id));
    }

    private static ResponseEntity<Problem> response(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(problem);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
