package io.gonkapulse.trackerpoller.source.json;

import io.gonkapulse.trackerpoller.site.Answer;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
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

/** An answer that is one JSON object. */
public final class JsonBody implements AutoCloseable {

    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 100_000;
    private static final int LONGEST_MESSAGE = 300;

    /** NaN is not JSON, but trackers write it: it costs whoever reads the field, not the body. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Answer answer;
    private final String name;

    private JsonBody(Answer answer, String name) {
        this.answer = answer;
        this.name = name;
    }

    public static JsonBody ask(Site site, Request request) {
        return new JsonBody(site.ask(request), site.url() + request.path());
    }

    /** For an answer that is read once. */
    public static <T> T ask(Site site, Request request, Shape shape, Function<Entry, T> meaning) {
        try (JsonBody body = ask(site, request)) {
            return body.read(shape, meaning);
        }
    }

    public Instant arrivedAt() {
        return answer.arrivedAt();
    }

    /** How long it is, once it was read. */
    public long length() {
        return answer.length();
    }

    /**
     * Reads all of it, as often as wanted.
     *
     * @throws SiteException when it breaks off, is no JSON object, or {@code meaning} finds it malformed
     */
    public <T> T read(Shape shape, Function<Entry, T> meaning) {
        try (InputStream in = answer.open();
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            Entry entry = shape.read(parser);
            require(null, parser.nextToken());
            entry.requireSound();
            return meaning.apply(entry);
        } catch (MalformedException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        } catch (JacksonIOException | IOException e) {
            throw SiteException.of(Reason.BROKEN_OFF, "The answer of " + name + " could not be read to its end", e);
        } catch (JacksonException e) {
            throw unusable("Expected JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** That it is not what was asked for. */
    public SiteException unusable(String why) {
        return SiteException.of(Reason.UNUSABLE, "The answer of " + name + " makes no sense. " + why);
    }

    private SiteException unusable(String why, Exception cause) {
        return SiteException.of(
                Reason.UNUSABLE,
                "The answer of " + name + " makes no sense. " + CleanText.of(why, LONGEST_MESSAGE),
                cause);
    }

    private static void require(@Nullable JsonToken expected, @Nullable JsonToken token) {
        if (token != expected) {
            throw new MalformedException("Expected one object and nothing behind it, got " + token);
        }
    }

    @Override
    public void close() {
        answer.close();
    }
}
