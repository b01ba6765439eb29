package io.gonkapulse.apigateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as {@code application/problem+json}.
 *
 * @param parameter the invalid parameter, if there is one
 * @param id of the log entry with the details that the client must not see
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemResponse(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String parameter,
        @Nullable String id) {

    public static ProblemResponse of(HttpStatus status, String detail) {
        return new ProblemResponse("about:blank", status.getReasonPhrase(), status.value(), detail, null, null);
    }

    ProblemResponse withParameter(String name) {
        return new ProblemResponse(type, title, status, detail, name, null);
    }

    ProblemResponse withId(String errorId) {
        return new ProblemResponse(type, title, status, detail, null, errorId);
    }
}
