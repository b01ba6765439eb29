package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.apigateway.http.AgedBodyTemplate;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One event. All streams share it; the ages in it are filled in when it is sent.
 *
 * @param id null if a client cannot resume after this event
 * @param topic the watched node, or {@link #EPOCHS}
 */
record StreamEvent(@Nullable String id, String type, String topic, AgedBodyTemplate data) implements StreamMessage {

    /** The topic of epochs, which every stream receives. No identifier is empty. */
    static final String EPOCHS = "";

    private static final byte[] END = {'\n', '\n'};

    StreamEvent withId(String newId) {
        return new StreamEvent(newId, type, topic, data);
    }

    @Override
    public byte[] render(FreshnessPolicy freshness) {
        byte[] head = ((id == null ? "" : "id: " + id + '\n') + "event: " + type + "\ndata: ").getBytes(UTF_8);
        byte[] body = data.render(freshness);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length + body.length + END.length);
        bytes.writeBytes(head);
        bytes.writeBytes(body);
        bytes.writeBytes(END);
        return bytes.toByteArray();
    }
}
