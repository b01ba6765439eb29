package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.site.Answer;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A site that is asked each question once; its answers stay open, so that reading them can be measured alone. */
record KeptAnswers(Site site, Map<Request, Answer> kept) implements Site {

    static KeptAnswers of(Site site) {
        return new KeptAnswers(site, new LinkedHashMap<>());
    }

    Set<Request> questions() {
        return kept.keySet();
    }

    @Override
    public String url() {
        return site.url();
    }

    @Override
    public long bodyLimit() {
        return site.bodyLimit();
    }

    @Override
    public Answer ask(Request request) {
        return new Open(kept.computeIfAbsent(request, site::ask));
    }

    private record Open(Answer answer) implements Answer {

        @Override
        public Instant arrivedAt() {
            return answer.arrivedAt();
        }

        @Override
        public InputStream open() throws IOException {
            return answer.open();
        }

        @Override
        public long length() {
            return answer.length();
        }

        @Override
        public void close() {
            // Somebody will want to read it again.
        }
    }
}
