package io.gonkapulse.apigateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The position of a page's last node in the sort order. The next page starts after it, whatever was inserted or deleted
 * in the meantime.
 *
 * @param key the sort value, as a number
 * @param position the identifier if the page is sorted by it, else the id
 */
record NodePageCursor(NodeSort sort, String key, String position) {

    private static final Pattern KEY_PATTERN = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?|Infinity|NaN");
    private static final int PARTS = 3;

    static NodePageCursor parse(String text, NodeSort sort) {
        String[] parts = decode(text).split(" ", PARTS);
        if (parts.length != PARTS || !KEY_PATTERN.matcher(parts[1]).matches()) {
            throw invalidCursor();
        }
        if (!parts[0].equals(sort.toString())) {
            throw ApiException.badParameter(
                    "cursor", "cursor: expected a cursor of the same sort, got one of sort=" + parts[0].strip());
        }
        String position = RequestParameterParser.requireValidText("cursor", parts[2]);
        return new NodePageCursor(sort, parts[1], sort.isByIdentifier() ? position : parseId(position));
    }

    /** The form in a query string. */
    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sort + " " + key + " " + position).getBytes(UTF_8));
    }

    private static String decode(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
    }

    private static String parseId(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
    }

    private static ApiException invalidCursor() {
        return ApiException.badParameter("cursor", "cursor: expected the nextCursor of an earlier response");
    }
}
