package io.gonkapulse.trackerpoller.site;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last answer to a question that is asked again and again, for as long as the site says that nothing has changed. */
final class Kept {

    /** Small enough to be kept in memory for every tracker. */
    private static final int LARGEST = 1 << 20;

    private final Request request;
    private final @Nullable String tag;
    private final @Nullable String modified;
    private final Fetched fetched;

    private Kept(Request request, @Nullable String tag, @Nullable String modified, Fetched fetched) {
        this.request = request;
        this.tag = tag;
        this.modified = modified;
        this.fetched = fetched;
    }

    /** Empty when it is not worth keeping, or cannot be asked for again. */
    static Optional<Kept> of(Request request, Fetched fetched) {
        String tag = fetched.headers().firstValue("etag").orElse(null);
        String modified = fetched.headers().firstValue("last-modified").orElse(null);
        boolean worthIt =
                request.revalidating() && fetched.spool().size() <= LARGEST && (tag != null || modified != null);
        return worthIt ? Optional.of(new Kept(request, tag, modified, fetched)) : Optional.empty();
    }

    boolean answers(Request asked) {
        return request.equals(asked);
    }

    Fetched fetched() {
        return fetched;
    }

    Map<String, String> conditions() {
        Map<String, String> headers = new HashMap<>();
        if (tag != null) {
            headers.put("If-None-Match", tag);
        }
        if (modified != null) {
            headers.put("If-Modified-Since", modified);
        }
        return headers;
    }
}
