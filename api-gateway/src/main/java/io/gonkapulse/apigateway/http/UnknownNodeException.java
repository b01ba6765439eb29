package io.gonkapulse.apigateway.http;

/** No node has the identifier, or it is deleted. */
public final class UnknownNodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownNodeException(String identifier) {
        super("No node has the identifier \"" + BadParameterException.shorten(identifier) + '"');
    }
}
