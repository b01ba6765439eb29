package io.gonkapulse.testkit.network.http;

import java.io.IOException;

/** Answers requests, each in the thread of its connection. */
@FunctionalInterface
public interface Responder {

    void respond(Request request, Exchange exchange) throws IOException;
}
