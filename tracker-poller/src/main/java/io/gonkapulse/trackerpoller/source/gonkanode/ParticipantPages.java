package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The list of all participants there ever were, at one height, as long as it is. */
final class ParticipantPages implements AutoCloseable {

    private static final int LONGEST_KEY = 1_000;
    private static final String NEXT_KEY = "pagination.next_key";

    private final List<JsonBody> pages = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();

    static ParticipantPages ask(Site site, long height) {
        ParticipantPages all = new ParticipantPages();
        try {
            all.askAll(site, height);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void askAll(Site site, long height) {
        String key = null;
        long length = 0;
        do {
            JsonBody page = JsonBody.ask(site, ChainState.participants(height, key));
            pages.add(page);
            key = page.read(shape(Shape.of(), entry -> {}), ParticipantPages::nextKey);
            length += page.length();
            if (length > site.bodyLimit()) {
                throw SiteException.of(
                        Reason.TOO_LONG,
                        "the pages of participants are longer than " + site.bodyLimit() + " bytes together, the limit");
            }
            if (key != null && !keys.add(key)) {
                throw page.unusable("Expected each page once, got a page that comes again");
            }
        } while (key != null);
    }

    void each(Shape participant, Consumer<Entry> taker) {
        pages.forEach(page -> page.read(shape(participant, taker), entry -> entry));
    }

    /** When the last of them arrived. */
    Instant arrivedAt() {
        return pages.stream().map(JsonBody::arrivedAt).max(Instant::compareTo).orElseThrow();
    }

    private static Shape shape(Shape participant, Consumer<Entry> taker) {
        return Shape.of(NEXT_KEY).each("participant", participant, taker);
    }

    private static @Nullable String nextKey(Entry entry) {
        if (!entry.has("participant") && !entry.has("pagination")) {
            throw new MalformedException("Expected a page of participants, got neither them nor a pagination");
        }
        return entry.text(NEXT_KEY, LONGEST_KEY);
    }

    @Override
    public void close() {
        pages.forEach(JsonBody::close);
    }
}
