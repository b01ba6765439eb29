package io.gonkapulse.networksimulator.http;

import java.io.IOException;

/** Handles a request in the thread of its connection. */
@FunctionalInterface
public interface ExchangeHandler {

    void handle(RequestHead request, LoopbackExchange exchange) throws IOException;
}
