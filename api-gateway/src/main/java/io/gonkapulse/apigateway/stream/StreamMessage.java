package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.http.FreshnessPolicy;

/** What a stream sends: an event, or one of the constant texts. */
interface StreamMessage {

    /** Proxies close connections that send nothing. Clients ignore a comment. */
    StreamMessage KEEP_ALIVE = constant(": keep-alive\n\n");

    /** How long a client waits before it reconnects. */
    StreamMessage RETRY = constant("retry: 3000\n\n");

    /** The events after the client's last one are not kept any more, or too many. The current states follow. */
    StreamMessage RESET = constant("event: reset\ndata: {}\n\n");

    byte[] render(FreshnessPolicy freshness);

    private static StreamMessage constant(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return freshness -> bytes;
    }
}
