package io.gonkapulse.apigateway.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
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

    /** The database is unreachable, overloaded or slow, or its schema is not supported. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> handleDatabaseFailure(Exception failure) {
        String id = newId();
        LOG.warn(
                "Database query failed, id {}: {}",
                id,
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return respond(
                createProblem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "The database does not respond in time; retry after the seconds in Retry-After",
                        id),
                headers);
    }

    /** The query string is malformed. */
    @ExceptionHandler
    ResponseEntity<Object> handleUnreadableQuery(org.apache.tomcat.util.http.InvalidParameterException failure) {
        return respond(
                ProblemWriter.createProblem(
                        HttpStatus.BAD_REQUEST, "The query string is malformed: expected name=value, %-encoded UTF-8"),
                HttpHeaders.EMPTY);
    }

    /** The client disconnected or did not read in time. No response can be sent, and Tomcat closes the connection. */
    @ExceptionHandler({ClientAbortException.class, CloseNowException.class})
    void handleClientDisconnect(IOException failure) throws IOException {
        throw failure;
    }

    /** Handles all exceptions without another handler. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> handleUnexpectedFailure(Exception failure) {
        String id = newId();
        LOG.error("Request failed, id {}", id, failure);
        return respond(
                createProblem(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error; report the id", id),
                HttpHeaders.EMPTY);
    }

    /** Spring's own exceptions get the name of their status only: their texts contain names of our code. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.valueOf(status.value());
        return respond(
                failure instanceof ApiException ours
                        ? ours.getBody()
                        : ProblemWriter.createProblem(known, known.getReasonPhrase()),
                headers);
    }

    private static ResponseEntity<Object> respond(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(problem);
    }

    private static ProblemDetail createProblem(HttpStatus status, String detail, String id) {
        ProblemDetail problem = ProblemWriter.createProblem(status, detail);
        problem.setProperty("id", id);
        return problem;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** Throws errors outside of all controllers again, so that they become problems, too. */
    @Controller
    static class RethrowingErrorController implements ErrorController {

        @RequestMapping("${spring.web.error.path:${error.path:/error}}")
        void rethrow(HttpServletRequest request) {
            Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            throw new ErrorResponseException(
                    code instanceof Integer number ? HttpStatus.valueOf(number) : HttpStatus.NOT_FOUND);
        }
    }
}
