package io.gonkapulse.apigateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.http.BadParameterException;
import io.gonkapulse.apigateway.http.RequestParameterReader;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The last node of a page, as its place in the order. The next page begins after it, whatever came or went in the
 * meantime.
 *
 * @param key what it was sorted by, as a number
 * @param position its identifier; in an order by a number its id
 */
record NodePageCursor(NodeSort sort, String key, String position) {

    /** 255 characters of four bytes each, a sort and a key, in Base64. */
    static final int MAX_LENGTH = 1_500;

    private static final Pattern KEY_PATTERN = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?|Infinity|NaN");
    private static final int PARTS = 3;

    static NodePageCursor parse(String text, NodeSort sort) {
        String[] parts = decode(text).split(" ", PARTS);
        if (parts.length != PARTS || !KEY_PATTERN.matcher(parts[1]).matches()) {
            throw invalidCursor();
        }
        if (!parts[0].equals(sort.toString())) {
            throw new BadParameterException(
                    "cursor", "cursor: expected one of the same sort: it belongs to sort=" + parts[0].strip());
        }
        String position = RequestParameterReader.requireValidText("cursor", parts[2]);
        return new NodePageCursor(sort, parts[1], sort.isByIdentifier() ? position : parseId(position));
    }

    /** One line of printable characters for a query. */
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

    private static BadParameterException invalidCursor() {
        return new BadParameterException("cursor", "cursor: expected the nextCursor of an earlier answer");
    }
}
