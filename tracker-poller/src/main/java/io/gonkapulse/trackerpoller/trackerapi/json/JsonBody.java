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

    private JsonBody(TrackerResponse response, String name) {
        this.response = response;
        this.url = name;
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
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            JsonEntry entry = shape.read(parser);
            requireToken(null, parser.nextToken());
            entry.requireValid();
            return reader.apply(entry);
        } catch (MalformedValueException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        } catch (JacksonIOException | IOException e) {
            throw TrackerRequestException.of(
                    RequestFailureReason.BROKEN_OFF, "The response of " + url + " broke off", e);
        } catch (JacksonException e) {
            throw unusable("Expected JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Creates the failure for a response that is valid JSON but not usable. */
    public TrackerRequestException unusable(String reason) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE, "The response of " + url + " is invalid. " + reason);
    }

    private TrackerRequestException unusable(String reason, Exception cause) {
        return TrackerRequestException.of(
                RequestFailureReason.UNUSABLE,
                "The response of " + url + " is invalid. " + TextSanitizer.sanitize(reason, MAX_MESSAGE_LENGTH),
                cause);
    }

    private static void requireToken(@Nullable JsonToken expected, @Nullable JsonToken token) {
        if (token != expected) {
            throw new MalformedValueException("Expected one object and nothing after it, got " + token);
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
