package io.gonkapulse.apigateway.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.http.ApiException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/**
 * The position of a page's last job in the sort order. The next page starts after it, whatever was inserted or deleted
 * in the meantime.
 *
 * @param time by which the last job is sorted
 */
record JobPageCursor(JobSort sort, Instant time, UUID id) {

    private static final int PARTS = 3;
    private static final Instant MIN_TIME = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59Z");

    static JobPageCursor parse(String text, JobSort sort) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", PARTS);
            if (parts.length != PARTS) {
                throw invalidCursor();
            }
            JobPageCursor cursor =
                    new JobPageCursor(JobSort.parse(parts[0]), Instant.parse(parts[1]), UUID.fromString(parts[2]));
            if (cursor.time.isBefore(MIN_TIME) || cursor.time.isAfter(MAX_TIME)) {
                throw invalidCursor();
            }
            if (cursor.sort != sort) {
                throw ApiException.badParameter(
                        "cursor", "cursor: expected a cursor of the same sort, got one of sort=" + parts[0]);
            }
            return cursor;
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw invalidCursor();
        }
    }

    /** The form in a query string. */
    String encode() {
        String text = String.join(" ", sort.apiName(), time.toString(), id.toString());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static ApiException invalidCursor() {
        return ApiException.badParameter("cursor", "cursor: expected the nextCursor of an earlier response");
    }
}
