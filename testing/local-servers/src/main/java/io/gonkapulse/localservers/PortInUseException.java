package io.gonkapulse.localservers;

/** Another process listens on the port that a local server is configured to use. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String requestedBy;
    private final int port;

    PortInUseException(String requestedBy, int port) {
        super("Port " + port + " is taken, and " + requestedBy + " is configured to listen there: "
                + "stop the process that listens on it, or choose another port");
        this.requestedBy = requestedBy;
        this.port = port;
    }

    public String requestedBy() {
        return requestedBy;
    }

    public int port() {
        return port;
    }
}
