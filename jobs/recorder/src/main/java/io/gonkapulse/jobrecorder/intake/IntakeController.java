package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.jobrecorder.intake.keys.JobReporterRights;
import io.gonkapulse.jobrecorder.publishing.IntakePublisher;
import io.gonkapulse.jobrecorder.publishing.IntakeRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the intake. A request is checked as a whole before any of its events is sent. */
@RestController
class IntakeController {

    private final IntakePublisher publisher;
    private final IntakeMetrics metrics;
    private final InstantSource clock;
    private final Duration readTimeout;
    private final Semaphore permits;

    IntakeController(
            IntakePublisher publisher, IntakeMetrics metrics, InstantSource clock, IntakeProperties properties) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.readTimeout = properties.readTimeout();
        this.permits = new Semaphore(properties.maxInFlight());
    }

    @PostMapping(
            path = "/api/v1/jobs/events",
            consumes = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    AcceptedResponse acceptEvents(
            HttpServletRequest request,
            @RequestAttribute(IntakeAccessInterceptor.RIGHTS) JobReporterRights rights,
            @RequestParam(name = "dialect", required = false) @Nullable String dialect)
            throws IOException {
        return accept(request, parseDialect(dialect), rights, (body, events) -> new EventLineReader(events).read(body));
    }

    @PostMapping(path = "/api/v1/lineage", consumes = "application/json")
    @ResponseStatus(HttpStatus.ACCEPTED)
    AcceptedResponse acceptLineage(
            HttpServletRequest request, @RequestAttribute(IntakeAccessInterceptor.RIGHTS) JobReporterRights rights)
            throws IOException {
        return accept(request, IntakeDialect.OPENLINEAGE, rights, (body, events) -> {
            byte[] bytes = body.readAllBytes();
            if (bytes.length > 0) {
                events.acceptBody(bytes);
            }
        });
    }

    private AcceptedResponse accept(
            HttpServletRequest request, IntakeDialect dialect, JobReporterRights rights, BodyFormat format)
            throws IOException {
        if (!permits.tryAcquire()) {
            throw IntakeException.withHeader(
                    IntakeProblem.OVERLOADED,
                    "Too many concurrent requests; retry after a second",
                    HttpHeaders.RETRY_AFTER,
                    "1");
        }
        try {
            EventCollector events = new EventCollector(dialect, rights, clock.millis());
            format.read(LimitedBodyStream.open(request, readTimeout), events);
            List<IntakeRecord> records = events.records();
            publisher.publish(records);
            metrics.countAccepted(dialect, records.size());
            return new AcceptedResponse(records.size());
        } finally {
            permits.release();
        }
    }

    private static IntakeDialect parseDialect(@Nullable String word) {
        if (word == null) {
            return IntakeDialect.JOB;
        }
        if (word.equals(IntakeDialect.BOT.word())) {
            return IntakeDialect.BOT;
        }
        throw IntakeException.of(IntakeProblem.BAD_PARAMETER, "dialect: expected bot or no such parameter");
    }

    /** How a body contains events. */
    private interface BodyFormat {

        void read(InputStream body, EventCollector events) throws IOException;
    }

    /** @param accepted events that Kafka has stored */
    record AcceptedResponse(int accepted) {}
}
