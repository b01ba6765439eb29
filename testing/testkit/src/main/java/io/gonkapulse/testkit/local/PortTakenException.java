package io.gonkapulse.testkit.local;

/** Something else listens on the port that a local server was told to use. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String wantedBy;
    private final int port;

    PortTakenException(String wantedBy, int port) {
        super("Port " + port + " is taken, and " + wantedBy + " was told to listen there: "
                + "stop what listens on it, or choose another port");
        this.wantedBy = wantedBy;
        this.port = port;
    }

    public String wantedBy() {
        return wantedBy;
    }

    public int port() {
        return port;
    }
}
