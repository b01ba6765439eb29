package io.gonkapulse.trackerpoller.trackerapi.json;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.http.TrackerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** A response with one JSON object. */
public final class JsonBody implements AutoCloseable {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT_LENGTH = 100_000;
    private static final int MAX_MESSAGE_LENGTH = 300;

    /** Trackers send NaN, which is not JSON. Only a reader of that field fails, not the whole body. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT_LENGTH)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final TrackerResponse response;
    private final String url;
    private @Nullable InputStream stream;

    private JsonBody(TrackerResponse response, String url) {
        this.response = response;
        this.url = url;
    }

    public static JsonBody fetch(TrackerClient client, TrackerRequest request) {
        return new JsonBody(client.get(request), client.url() + request.path());
    }

    /** For a response that is read once. */
    public static <T> T fetch(
            TrackerClient client, TrackerRequest request, JsonObjectShape shape, Function<JsonEntry, T> reader) {
        try (JsonBody body = fetch(client, request)) {
            return body.read(shape, reader);
        }
    }

    public Instant arrivedAt() {
        return response.arrivedAt();
    }

    /** The length, once the body was read. */
    public long length() {
        return response.length();
    }

    /**
     * Reads the whole body; may be called several times.
     *
     * @throws TrackerRequestException when the body breaks off, is not one JSON object, or {@code reader} rejects it
     */
    public <T> T read(JsonObjectShape shape, Function<JsonEntry, T> reader) {
        try (InputStream in = response.open();
                JsonParser whole = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            whole.nextToken();
            JsonEntry entry = shape.read(whole, new JsonEntry());
            requireToken(null, whole.nextToken());
            entry.requireValid();
            return reader.apply(entry);
        } catch (MalformedValueException | JacksonException | IOException e) {
            throw toRequestException(e);
        }
    }

    /** Opens the body for {@link JsonArrayReader}, behind the first token. The next call or {@link #close} closes it. */
    JsonParser openParser() {
        closeStream();
        try {
            InputStream in = response.open();
            stream = in;
            JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in);
            requireToken(JsonToken.START_OBJECT, parser.nextToken());
            return parser;
        } catch (MalformedValueException | JacksonException | IOException e) {
            throw toRequestException(e);
        }
    }

    static void requireToken(@Nullable JsonToken expected, @Nullable JsonToken token) {
        if (token != expected) {
            throw new MalformedValueException("Expected one object and nothing after it, got " + token);
        }
    }

    TrackerRequestException toRequestException(Exception failure) {
        if (failure instanceof MalformedValueException) {
            return unusable(String.valueOf(failure.getMessage()), failure);
        }
        if (failure instanceof JacksonException invalid && !(failure instanceof JacksonIOException)) {
            return unusable("Expected JSON: " + invalid.getOriginalMessage(), failure);
        }
        return TrackerRequestException.of(
                RequestFailureReason.BROKEN_OFF, "The response of " + url + " broke off", failure);
    }

    /** Creates the failure for a response that is valid JSON but not usable. */
    public TrackerRequestException unusable(String reason) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE, "The response of " + url + " is invalid. " + reason);
    }

    private TrackerRequestException unusable(String reason, Exception cause) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "The response of " + url + " is invalid. " + JsonValueParser.sanitize(reason, MAX_MESSAGE_LENGTH),
                cause);
    }

    private void closeStream() {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // A stream that was only read has nothing to lose.
        }
    }

    @Override
    public void close() {
        closeStream();
        response.close();
    }
}
