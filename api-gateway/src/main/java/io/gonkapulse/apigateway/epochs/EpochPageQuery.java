package io.gonkapulse.apigateway.epochs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.apigateway.http.ApiException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of epochs, newest first.
 *
 * @param identifier null for the epochs of the network
 * @param before the last epoch of the page before; {@link Long#MAX_VALUE} for the first page
 */
record EpochPageQuery(@Nullable String identifier, EpochRange range, int limit, long before) {

    private static final Pattern CURSOR_PATTERN = Pattern.compile("epoch ([0-9]{1,18})");

    static long parseCursor(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            Matcher position =
                    CURSOR_PATTERN.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
            if (position.matches()) {
                return Long.parseLong(position.group(1));
            }
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
        throw invalidCursor();
    }

    /** Returns the cursor of the page after the epoch. */
    static String createCursor(long epoch) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("epoch " + epoch).getBytes(US_ASCII));
    }

    private static ApiException invalidCursor() {
        return ApiException.badParameter("cursor", "cursor: expected the nextCursor of an earlier response");
    }

    /**
     * The epochs of the range.
     *
     * @param first epoch, included
     * @param last epoch, included
     */
    record Bounds(long first, long last) {}
}
