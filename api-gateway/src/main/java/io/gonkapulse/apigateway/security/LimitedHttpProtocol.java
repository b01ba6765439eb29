package io.gonkapulse.apigateway.security;

import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 with a limit on the connections of an address. Tomcat creates it by its class name. */
public final class LimitedHttpProtocol extends Http11NioProtocol {

    public LimitedHttpProtocol() {
        super(new LimitedEndpoint());
    }

    void apply(ConnectionLimit limit) {
        ((LimitedEndpoint) getEndpoint()).apply(limit);
    }
}
