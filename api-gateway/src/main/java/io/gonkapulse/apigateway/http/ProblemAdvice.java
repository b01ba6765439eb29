package io.gonkapulse.apigateway.http;

import io.gonkapulse.servicekit.http.ProblemFactory;
import io.gonkapulse.servicekit.http.RequestIdContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Converts every exception to a problem. Client errors explain what to change; server errors contain only the id of the
 * request, which is also in the log.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final int DATABASE_RETRY_SECONDS = 2;

    @ExceptionHandler
    ResponseEntity<Object> handleApiException(ApiException failure, HttpServletRequest request) {
        return respond(request, failure);
    }

    /** The database is unreachable, overloaded or slow, or its schema is not supported. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> handleDatabaseFailure(Exception failure, HttpServletRequest request) {
        LOG.warn(
                "Database query failed, id {}: {}",
                RequestIdContext.requestId(request),
                NestedExceptionUtils.getMostSpecificCause(failure).toString());
        return respond(
                request,
                ApiException.retryLater(
                        ProblemCode.DATABASE_UNAVAILABLE,
                        "The database does not respond in time; retry after the seconds in Retry-After",
                        DATABASE_RETRY_SECONDS));
    }

    /** The query string is malformed, or has too many parameters. */
    @ExceptionHandler
    ResponseEntity<Object> handleUnreadableQuery(
            org.apache.tomcat.util.http.InvalidParameterException failure, HttpServletRequest request) {
        return respond(
                request,
                ProblemCode.MALFORMED_REQUEST,
                "The query string is malformed: expected name=value, %-encoded UTF-8, and not too many of them",
                HttpHeaders.EMPTY);
    }

    /** The client disconnected or did not read in time. No response can be sent, and Tomcat closes the connection. */
    @ExceptionHandler({ClientAbortException.class, CloseNowException.class})
    void handleClientDisconnect(IOException failure) throws IOException {
        throw failure;
    }

    /** Handles all exceptions without another handler. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> handleUnexpectedFailure(Exception failure, HttpServletRequest request) {
        LOG.error("Request failed, id {}", RequestIdContext.requestId(request), failure);
        return respond(request, ProblemCode.INTERNAL_ERROR, "Internal error; report the id", HttpHeaders.EMPTY);
    }

    /** Names HEAD and OPTIONS, too, which Spring supports where it supports GET. */
    @Override
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException failure,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Set<HttpMethod> allowed = new LinkedHashSet<>(headers.getAllow());
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
            allowed.add(HttpMethod.OPTIONS);
        }
        HttpHeaders more = new HttpHeaders();
        more.setAllow(allowed);
        return handleExceptionInternal(failure, null, more, status, request);
    }

    /** Spring's own exceptions get the name of their status only: their texts contain names of our code. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemCode code = ProblemCode.ofStatus(status.value());
        return respond(
                ((ServletWebRequest) request).getRequest(), code, code.status().getReasonPhrase(), headers);
    }

    private static ResponseEntity<Object> respond(HttpServletRequest request, ApiException failure) {
        return respond(request, failure.code(), failure.detail(), failure.properties(), failure.headers());
    }

    private static ResponseEntity<Object> respond(
            HttpServletRequest request, ProblemCode code, String detail, HttpHeaders headers) {
        return respond(request, code, detail, Map.of(), headers);
    }

    private static ResponseEntity<Object> respond(
            HttpServletRequest request,
            ProblemCode code,
            String detail,
            Map<String, Object> properties,
            HttpHeaders headers) {
        return ResponseEntity.status(code.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ProblemFactory.create(code, detail, properties, RequestIdContext.requestId(request)));
    }

    /** Throws errors outside of all controllers again, so that they become problems, too. */
    @Controller
    static class RethrowingErrorController implements ErrorController {

        @RequestMapping("${spring.web.error.path:${error.path:/error}}")
        void rethrow(HttpServletRequest request, HttpServletResponse response) {
            if (response.isCommitted()) {
                // The client of a stream is gone, so no problem can be sent.
                return;
            }
            Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
            throw new ErrorResponseException(
                    code instanceof Integer number ? HttpStatus.valueOf(number) : HttpStatus.NOT_FOUND);
        }
    }
}
