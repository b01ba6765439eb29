package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * The content of a response before it is serialised and cached.
 *
 * @param body bytes, or an object to be written as JSON with {@link AgedBodyTemplate#AGE_PLACEHOLDER} for each age. The
 *     ETag is its hash, so it must not contain values that change with time alone
 * @param times when the data were fetched, in the order of the ages; the content expires when one of them turns stale
 * @param view creates the object to send from the current time, if it is not the body
 * @param isPrivate whether shared caches must not store the response
 */
public record ResponseContent(
        Object body,
        MediaType type,
        List<Instant> times,
        @Nullable Function<FreshnessPolicy, Object> view,
        boolean isPrivate) {

    private static final MediaType CSV_UTF8 = new MediaType("text", "csv", UTF_8);

    public static ResponseContent json(Object body) {
        return new ResponseContent(body, MediaType.APPLICATION_JSON, List.of(), null, false);
    }

    /** Creates JSON that shared caches must not store, because other clients may not see all of it. */
    public static ResponseContent privateJson(Object body) {
        return new ResponseContent(body, MediaType.APPLICATION_JSON, List.of(), null, true);
    }

    public static ResponseContent csv(String table) {
        return new ResponseContent(table.getBytes(UTF_8), CSV_UTF8, List.of(), null, false);
    }

    public ResponseContent withTimes(Stream<Instant> fetchTimes) {
        return new ResponseContent(body, type, fetchTimes.toList(), view, isPrivate);
    }

    public ResponseContent withView(Function<FreshnessPolicy, Object> newView) {
        return new ResponseContent(body, type, times, newView, isPrivate);
    }
}
