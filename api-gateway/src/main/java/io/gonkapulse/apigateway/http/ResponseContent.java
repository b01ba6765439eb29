package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * The content of a response before it is serialised and cached.
 *
 * @param body bytes, or an object to be written as JSON with {@link AgedBodyTemplate#AGE_PLACEHOLDER} for each age. The
 *     ETag is its hash, so it must not contain values that change with time alone
 * @param times when the data were fetched, in the order of the ages; the content expires when one of them turns stale
 * @param view creates the object to send from the current time, if it is not the body
 * @param isPrivate whether shared caches must not store the response
 * @param headers further headers of the response
 */
public record ResponseContent(
        Object body,
        MediaType type,
        List<Instant> times,
        @Nullable Function<FreshnessPolicy, Object> view,
        boolean isPrivate,
        HttpHeaders headers) {

    private static final MediaType CSV_UTF8 = new MediaType("text", "csv", UTF_8);

    public static ResponseContent json(Object body) {
        return new ResponseContent(body, MediaType.APPLICATION_JSON, List.of(), null, false, HttpHeaders.EMPTY);
    }

    /** Creates JSON that shared caches must not store, because other clients may not see all of it. */
    public static ResponseContent privateJson(Object body) {
        return new ResponseContent(body, MediaType.APPLICATION_JSON, List.of(), null, true, HttpHeaders.EMPTY);
    }

    /**
     * Creates a table.
     *
     * @param fileName under which a browser saves it; letters, digits, dots and hyphens
     */
    public static ResponseContent csv(String table, String fileName) {
        return new ResponseContent(table.getBytes(UTF_8), CSV_UTF8, List.of(), null, false, HttpHeaders.EMPTY)
                .withHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + '"');
    }

    public ResponseContent withTimes(Stream<Instant> fetchTimes) {
        return new ResponseContent(body, type, fetchTimes.toList(), view, isPrivate, headers);
    }

    public ResponseContent withView(Function<FreshnessPolicy, Object> newView) {
        return new ResponseContent(body, type, times, newView, isPrivate, headers);
    }

    /**
     * Names the next page in the header {@code Link}.
     *
     * @param target path and query; null on the last page
     */
    public ResponseContent withNextPage(@Nullable String target) {
        return target == null ? this : withHeader(HttpHeaders.LINK, '<' + target + ">; rel=\"next\"");
    }

    private ResponseContent withHeader(String name, String value) {
        HttpHeaders more = HttpHeaders.copyOf(headers);
        more.set(name, value);
        return new ResponseContent(body, type, times, view, isPrivate, more);
    }
}
