package io.gonkapulse.jobreporter.publishing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Posts events to the recorder, one a line. It stores all events of a request or none. */
public final class HttpEventPublisher implements EventPublisher {

    public static final String PATH = "/api/v1/jobs/events";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /** The recorder accepts 5 MB and 10,000 lines. */
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    private static final int MAX_REQUEST_LINES = 5_000;

    /** A wrong value must not stop the reporter for a day. */
    private static final long MAX_RETRY_AFTER_SECONDS = 300;

    private static final int MAX_BODY_LENGTH = 300;

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;

    private final URI uri;
    private final @Nullable String key;
    private final HttpClient client;

    /** @param base for example {@code http://recorder:8084} */
    public HttpEventPublisher(URI base, @Nullable String key) {
        this.uri = URI.create(base.toString().replaceAll("/+$", "") + PATH);
        this.key = key;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @Override
    public PublishResult publish(List<EncodedEvent> events) throws InterruptedException {
        List<EncodedEvent> rejected = new ArrayList<>();
        String problem = null;
        int from = 0;
        while (from < events.size()) {
            int to = requestEnd(events, from);
            PublishResult result = publishRequest(events.subList(from, to));
            rejected.addAll(result.rejected());
            problem = problem == null ? result.failure() : problem;
            if (!result.unsent().isEmpty()) {
                List<EncodedEvent> unsent = new ArrayList<>(result.unsent());
                unsent.addAll(events.subList(to, events.size()));
                return new PublishResult(unsent, rejected, problem, result.retryAfter());
            }
            from = to;
        }
        return new PublishResult(List.of(), rejected, problem, Optional.empty());
    }

    private static int requestEnd(List<EncodedEvent> events, int from) {
        int bytes = 0;
        int end = from;
        while (end < events.size() && end - from < MAX_REQUEST_LINES) {
            bytes += events.get(end).json().length + 1;
            if (bytes > MAX_REQUEST_BYTES && end > from) {
                break;
            }
            end++;
        }
        return end;
    }

    private PublishResult publishRequest(List<EncodedEvent> events) throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = client.send(request(events), BodyHandlers.ofString());
        } catch (IOException e) {
            return PublishResult.unsent(events, "Cannot reach " + uri + ": " + e);
        }
        int status = response.statusCode();
        if (status == ACCEPTED) {
            return PublishResult.STORED;
        }
        String failure = "Expected status 202 of " + uri + ", got " + status + " "
                + response.body().substring(0, Math.min(response.body().length(), MAX_BODY_LENGTH));
        if (status == BAD_REQUEST || status == FORBIDDEN || status == TOO_LARGE) {
            return events.size() == 1
                    ? new PublishResult(List.of(), events, failure, Optional.empty())
                    : publishHalves(events);
        }
        return new PublishResult(events, List.of(), failure, retryAfter(response));
    }

    /** One refused line refuses its whole request; smaller requests isolate it whatever the response says. */
    private PublishResult publishHalves(List<EncodedEvent> events) throws InterruptedException {
        int middle = events.size() / 2;
        PublishResult first = publishRequest(events.subList(0, middle));
        if (!first.unsent().isEmpty()) {
            List<EncodedEvent> unsent = new ArrayList<>(first.unsent());
            unsent.addAll(events.subList(middle, events.size()));
            return new PublishResult(unsent, first.rejected(), first.failure(), first.retryAfter());
        }
        PublishResult second = publishRequest(events.subList(middle, events.size()));
        List<EncodedEvent> rejected = new ArrayList<>(first.rejected());
        rejected.addAll(second.rejected());
        String failure = first.failure() == null ? second.failure() : first.failure();
        return new PublishResult(second.unsent(), rejected, failure, second.retryAfter());
    }

    private HttpRequest request(List<EncodedEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (EncodedEvent event : events) {
            lines.writeBytes(event.json());
            lines.write('\n');
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(REQUEST_TIMEOUT)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(lines.toByteArray()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return request.build();
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Math.min(Long.parseLong(seconds), MAX_RETRY_AFTER_SECONDS)));
    }

    /** The JDK's client has no close method before Java 21; it ends when it is unreachable. */
    @Override
    public void close() {}
}
