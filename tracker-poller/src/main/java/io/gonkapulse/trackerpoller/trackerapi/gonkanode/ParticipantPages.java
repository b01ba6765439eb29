package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonArrayReader;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All pages of the participant list at one height. The list has all participants that ever existed. */
final class ParticipantPages implements AutoCloseable {

    private static final int MAX_KEY_LENGTH = 1_000;
    private static final int PAGE_SIZE = 10_000;
    private static final String PARTICIPANTS = "participant";
    private static final String NEXT_KEY = "pagination.next_key";
    private static final JsonObjectShape PAGE =
            JsonObjectShape.of(NEXT_KEY).array(PARTICIPANTS, JsonObjectShape.of(), participant -> {});

    private final List<JsonBody> pages = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    static ParticipantPages fetch(TrackerClient client, long height) {
        ParticipantPages all = new ParticipantPages();
        try {
            all.fetchAll(client, height);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** Checks keys and total length, because a faulty server could send pages without end. */
    private void fetchAll(TrackerClient client, long height) {
        String key = null;
        long length = 0;
        do {
            JsonBody page = JsonBody.fetch(client, request(height, key));
            pages.add(page);
            key = page.read(PAGE, ParticipantPages::nextKey);
            length += page.length();
            if (length > client.bodyLimit()) {
                throw TrackerRequestException.of(
                        RequestFailureReason.TOO_LONG,
                        "the pages of participants are longer than " + client.bodyLimit()
                                + " bytes together, the limit");
            }
            if (key != null && !keys.add(key)) {
                throw page.unusable("Expected each page once, got a page twice");
            }
        } while (key != null);
    }

    private static TrackerRequest request(long height, @Nullable String pageKey) {
        String key = pageKey == null ? "" : "&pagination.key=" + URLEncoder.encode(pageKey, UTF_8);
        return GonkaNodeApi.chainRequest("participant?pagination.limit=" + PAGE_SIZE + key, height);
    }

    <T> Iterator<T> read(JsonObjectShape participant, Function<JsonEntry, T> reader) {
        return new JsonArrayReader<>(pages, PARTICIPANTS, participant, reader);
    }

    /** The arrival of the last page. */
    Instant arrivedAt() {
        return pages.stream().map(JsonBody::arrivedAt).max(Instant::compareTo).orElseThrow();
    }

    private static @Nullable String nextKey(JsonEntry entry) {
        if (!entry.has(PARTICIPANTS) && !entry.has("pagination")) {
            throw new MalformedValueException(
                    "Expected a page of participants, got neither participants nor pagination");
        }
        return entry.text(NEXT_KEY, MAX_KEY_LENGTH);
    }

    @Override
    public void close() {
        pages.forEach(JsonBody::close);
    }
}
