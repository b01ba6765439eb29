package io.gonkapulse.apigateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.web.BadParameterException;
import io.gonkapulse.apigateway.web.RequestParameters;
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
record Cursor(NodeSort sort, String key, String position) {

    /** 255 characters of four bytes each, a sort and a key, in Base64. */
    static final int LONGEST = 1_500;

    private static final Pattern KEY = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?|Infinity|NaN");
    private static final int PARTS = 3;

    static Cursor parse(String text, NodeSort sort) {
        String[] parts = decoded(text).split(" ", PARTS);
        if (parts.length != PARTS || !KEY.matcher(parts[1]).matches()) {
            throw unusable();
        }
        if (!parts[0].equals(sort.toString())) {
            throw new BadParameterException(
                    "cursor", "cursor: expected one of the same sort: it belongs to sort=" + parts[0].strip());
        }
        String position = RequestParameters.checked("cursor", parts[2]);
        return new Cursor(sort, parts[1], sort.byIdentifier() ? position : id(position));
    }

    /** One line of printable characters for a query. */
    String encoded() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sort + " " + key + " " + position).getBytes(UTF_8));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    private static String id(String text) {
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    private static BadParameterException unusable() {
        return new BadParameterException("cursor", "cursor: expected the nextCursor of an earlier answer");
    }
}
