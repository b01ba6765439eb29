package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.jobrecorder.publishing.KafkaUnavailableException;
import io.gonkapulse.servicekit.http.ProblemFactory;
import io.gonkapulse.servicekit.http.RequestIdContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Converts every exception to a problem. Client errors explain what to change; server errors contain only the id of the
 * request, which is also in the log.
 */
@RestControllerAdvice
class IntakeAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeAdvice.class);
    private static final String KAFKA_RETRY_SECONDS = "5";

    private final IntakeMetrics metrics;

    IntakeAdvice(IntakeMetrics metrics) {
        this.metrics = metrics;
    }

    @ExceptionHandler
    ResponseEntity<Object> handleRefusal(IntakeException failure, HttpServletRequest request) {
        return respond(request, failure.problem(), failure.detail(), failure.properties(), failure.headers());
    }

    @ExceptionHandler
    ResponseEntity<Object> handleKafkaFailure(KafkaUnavailableException failure, HttpServletRequest request) {
        LOG.warn("Refused a request, id {}: {}", RequestIdContext.requestId(request), failure.getMessage());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, KAFKA_RETRY_SECONDS);
        return respond(
                request,
                IntakeProblem.KAFKA_UNAVAILABLE,
                "Kafka did not acknowledge all events in time; send the whole request again after the seconds in"
                        + " Retry-After. An event that was stored already counts once",
                Map.of(),
                headers);
    }

    /** The client disconnected or did not send in time. No response can be sent, and Tomcat closes the connection. */
    @ExceptionHandler({ClientAbortException.class, CloseNowException.class})
    void handleClientDisconnect(IOException failure) throws IOException {
        metrics.countDisconnected();
        throw failure;
    }

    /** The chunks or the compressed data are malformed or incomplete. */
    @ExceptionHandler
    ResponseEntity<Object> handleUnreadableBody(IOException failure, HttpServletRequest request) {
        return respond(
                request,
                IntakeProblem.MALFORMED_REQUEST,
                "The body cannot be read: expected valid chunks and, with Content-Encoding: gzip, valid gzip data",
                Map.of(),
                HttpHeaders.EMPTY);
    }

    /** Handles all exceptions without another handler. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> handleUnexpectedFailure(Exception failure, HttpServletRequest request) {
        LOG.error("Request failed, id {}", RequestIdContext.requestId(request), failure);
        return respond(
                request, IntakeProblem.INTERNAL_ERROR, "Internal error; report the id", Map.of(), HttpHeaders.EMPTY);
    }

    /** Spring's own exceptions get the name of their status only: their texts contain names of our code. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        IntakeProblem problem = IntakeProblem.ofStatus(status.value());
        String detail = problem == IntakeProblem.UNSUPPORTED_MEDIA_TYPE
                ? "Content-Type: expected application/x-ndjson for events of jobs, application/json for OpenLineage"
                : problem.status().getReasonPhrase();
        return respond(((ServletWebRequest) request).getRequest(), problem, detail, Map.of(), headers);
    }

    private ResponseEntity<Object> respond(
            HttpServletRequest request,
            IntakeProblem problem,
            String detail,
            Map<String, Object> properties,
            HttpHeaders headers) {
        metrics.countRefused(problem);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(ProblemFactory.create(problem, detail, properties, RequestIdContext.requestId(request)));
    }
}
