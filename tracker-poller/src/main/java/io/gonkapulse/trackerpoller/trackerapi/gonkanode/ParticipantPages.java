package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All pages of the participant list at one height. The list has all participants that ever existed. */
final class ParticipantPages implements AutoCloseable {

    private static final int MAX_KEY_LENGTH = 1_000;
    private static final String NEXT_KEY = "pagination.next_key";

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
            JsonBody page = JsonBody.fetch(client, ChainRequestFactory.participants(height, key));
            pages.add(page);
            key = page.read(shape(JsonObjectShape.of(), entry -> {}), ParticipantPages::nextKey);
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

    void forEach(JsonObjectShape participant, Consumer<JsonEntry> consumer) {
        pages.forEach(page -> page.read(shape(participant, consumer), entry -> entry));
    }

    /** The arrival of the last page. */
    Instant arrivedAt() {
        return pages.stream().map(JsonBody::arrivedAt).max(Instant::compareTo).orElseThrow();
    }

    private static JsonObjectShape shape(JsonObjectShape participant, Consumer<JsonEntry> taker) {
        return JsonObjectShape.of(NEXT_KEY).array("participant", participant, taker);
    }

    private static @Nullable String nextKey(JsonEntry entry) {
        if (!entry.has("participant") && !entry.has("pagination")) {
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
