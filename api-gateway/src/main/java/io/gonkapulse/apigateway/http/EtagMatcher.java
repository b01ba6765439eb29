package io.gonkapulse.apigateway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/** The ETags of {@code If-None-Match}. They are compared weakly, as RFC 9110 requires: {@code W/} makes no difference. */
final class EtagMatcher {

    private static final EtagMatcher NONE = new EtagMatcher(List.of());

    private final List<String> values;

    EtagMatcher(List<String> values) {
        this.values = values;
    }

    static EtagMatcher of(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.IF_NONE_MATCH) == null
                ? NONE
                : new EtagMatcher(Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether the client has the response, or any at all ({@code *}). */
    boolean matches(String etag) {
        if (values.contains(etag)) {
            return true;
        }
        String tag = ETag.create(etag).tag();
        return values.stream()
                .flatMap(value -> ETag.parse(value).stream())
                .anyMatch(one -> one.isWildcard() || one.tag().equals(tag));
    }
}
