package io.gonkapulse.jobrecorder.intake;

import java.util.Map;
import org.springframework.http.HttpHeaders;

/** A refused request, of which nothing was sent to Kafka. The client gets the code and the message. */
final class IntakeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final IntakeProblem problem;
    private final transient Map<String, Object> properties;
    private final transient HttpHeaders headers;

    private IntakeException(IntakeProblem problem, String detail, Map<String, Object> properties, HttpHeaders headers) {
        // Without a stack trace: nobody reads it, and it costs more than the response.
        super(detail, null, false, false);
        this.problem = problem;
        this.properties = properties;
        this.headers = headers;
    }

    static IntakeException of(IntakeProblem problem, String detail) {
        return new IntakeException(problem, detail, Map.of(), HttpHeaders.EMPTY);
    }

    /** @param properties further fields of the response */
    static IntakeException of(IntakeProblem problem, String detail, Map<String, Object> properties) {
        return new IntakeException(problem, detail, properties, HttpHeaders.EMPTY);
    }

    static IntakeException withHeader(IntakeProblem problem, String detail, String header, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(header, value);
        return new IntakeException(problem, detail, Map.of(), headers);
    }

    IntakeProblem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    Map<String, Object> properties() {
        return properties;
    }

    HttpHeaders headers() {
        return headers;
    }
}
