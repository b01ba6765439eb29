package io.gonkapulse.apigateway.http;

/** An invalid request parameter. */
public final class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 60;

    private final String parameter;

    public BadParameterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** Creates a message of the form "name: expected …, got …". */
    static BadParameterException expected(String parameter, String expected, String got) {
        return new BadParameterException(
                parameter, parameter + ": expected " + expected + ", got \"" + shorten(got) + '"');
    }

    public String parameter() {
        return parameter;
    }

    static String shorten(String text) {
        String visible = text.replaceAll("[^\\p{Print}\\p{L}\\p{N}]", "?");
        return visible.codePointCount(0, visible.length()) <= MAX_SHOWN
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
