package io.gonkapulse.apigateway.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error as {@code application/problem+json}.
 *
 * @param parameter the one to blame, if one is
 * @param id finds the reason in the log, where it is not the client's to know
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String parameter,
        @Nullable String id) {

    public static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.value(), detail, null, null);
    }

    Problem blaming(String name) {
        return new Problem(type, title, status, detail, name, null);
    }

    Problem with(String errorId) {
        return new Problem(type, title, status, detail, null, errorId);
    }
}
