package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.json.JsonOut;
import java.util.Map;
import java.util.function.Consumer;

/** An answer that is ready to be written. */
record Reply(Route route, int status, Map<String, String> headers, Consumer<JsonOut> body) {

    static Reply ok(Route route, Consumer<JsonOut> body) {
        return new Reply(route, 200, Map.of(), body);
    }

    static Reply error(Route route, int status, Consumer<JsonOut> body) {
        return new Reply(route, status, Map.of(), body);
    }

    Reply with(String header, String value) {
        return new Reply(route, status, Map.of(header, value), body);
    }
}
