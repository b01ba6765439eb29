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

/** The list of all participants there ever were, at one height, as long as it is. */
final class ParticipantPages implements AutoCloseable {

    private static final int MAX_KEY_LENGTH = 1_000;
    private static final String NEXT_KEY = "pagination.next_key";

    private final List<JsonBody> pages = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    static ParticipantPages fetch(TrackerClient site, long height) {
        ParticipantPages all = new ParticipantPages();
        try {
            all.fetchAll(site, height);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void fetchAll(TrackerClient site, long height) {
        String key = null;
        long length = 0;
        do {
            JsonBody page = JsonBody.fetch(site, ChainRequestFactory.participants(height, key));
            pages.add(page);
            key = page.read(shape(JsonObjectShape.of(), entry -> {}), ParticipantPages::nextKey);
            length += page.length();
            if (length > site.bodyLimit()) {
                throw TrackerRequestException.of(
                        RequestFailureReason.TOO_LONG,
                        "the pages of participants are longer than " + site.bodyLimit() + " bytes together, the limit");
            }
            if (key != null && !keys.add(key)) {
                throw page.unusable("Expected each page once, got a page that comes again");
            }
        } while (key != null);
    }

    void forEach(JsonObjectShape participant, Consumer<JsonEntry> consumer) {
        pages.forEach(page -> page.read(shape(participant, consumer), entry -> entry));
    }

    /** When the last of them arrived. */
    Instant arrivedAt() {
        return pages.stream().map(JsonBody::arrivedAt).max(Instant::compareTo).orElseThrow();
    }

    private static JsonObjectShape shape(JsonObjectShape participant, Consumer<JsonEntry> taker) {
        return JsonObjectShape.of(NEXT_KEY).array("participant", participant, taker);
    }

    private static @Nullable String nextKey(JsonEntry entry) {
        if (!entry.has("participant") && !entry.has("pagination")) {
            throw new MalformedValueException("Expected a page of participants, got neither them nor a pagination");
        }
        return entry.text(NEXT_KEY, MAX_KEY_LENGTH);
    }

    @Override
    public void close() {
        pages.forEach(JsonBody::close);
    }
}
