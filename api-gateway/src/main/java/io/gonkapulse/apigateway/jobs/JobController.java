package io.gonkapulse.apigateway.jobs;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.PageSizeRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import io.gonkapulse.apigateway.jobs.JobSeriesQuery.Interval;
import io.gonkapulse.apigateway.jobs.JobSeriesQuery.SeriesIntervalRule;
import io.gonkapulse.apigateway.jobs.JobSort.JobSortRule;
import io.gonkapulse.apigateway.jobs.JobTimeParser.JobIdRule;
import io.gonkapulse.apigateway.jobs.JobTimeParser.TimeRule;
import io.gonkapulse.apigateway.jobs.JobTimeParser.ZoneRule;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves pages of jobs, one job, metrics and series. {@link JobAccessInterceptor} checks the right. */
@RestController
class JobController {

    private final ResponseCache responseCache;
    private final JobPageRepository pageRepository;
    private final JobRepository jobRepository;
    private final JobMetricsRepository metricsRepository;
    private final JobSeriesRepository seriesRepository;
    private final FreshnessPolicy freshness;
    private final boolean jobsArePublic;

    JobController(
            ResponseCache responseCache,
            JobPageRepository pageRepository,
            JobRepository jobRepository,
            JobMetricsRepository metricsRepository,
            JobSeriesRepository seriesRepository,
            FreshnessPolicy freshness,
            GatewayProperties properties) {
        this.responseCache = responseCache;
        this.pageRepository = pageRepository;
        this.jobRepository = jobRepository;
        this.metricsRepository = metricsRepository;
        this.seriesRepository = seriesRepository;
        this.freshness = freshness;
        this.jobsArePublic = properties.publicRights().contains(KeyRight.JOBS);
    }

    /** The expected end of a running job depends on the time, so responses are reused for a moment only. */
    @GetMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> listJobs(
            @RequestParam(defaultValue = "") @Checked(StateRule.class) List<String> state,
            @RequestParam(required = false) @Nullable String bot,
            @RequestParam(required = false) @Nullable String createdBy,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String to,
            @RequestParam(required = false) @Checked(JobIdRule.class) @Nullable String parent,
            @RequestParam(defaultValue = "-firstTime") @Checked(JobSortRule.class) String sort,
            @RequestParam(defaultValue = "50") @Checked(PageSizeRule.class) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        JobSort order = JobSort.parse(sort);
        JobPageQuery query = new JobPageQuery(
                createFilter(state, bot, createdBy, q, from, to, parent),
                order,
                RequestParameterParser.parsePageSize(limit),
                cursor == null ? null : JobPageCursor.parse(cursor, order));
        return varyByKey(responseCache.respondWithinTtl(
                query, content(() -> pageRepository.find(query, freshness.now())), request));
    }

    @GetMapping(path = "/api/v1/jobs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getJob(@PathVariable String id, HttpServletRequest request) {
        JobQuery query = new JobQuery(JobTimeParser.parseId("id", id));
        return varyByKey(responseCache.respondWithinTtl(
                query, content(() -> jobRepository.find(query.id, freshness.now())), request));
    }

    @GetMapping(path = "/api/v1/jobs/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getJobMetrics(
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String to,
            HttpServletRequest request) {
        JobMetricsQuery query = JobMetricsQuery.of(false, null, from, to);
        return varyByKey(responseCache.respond(query, content(() -> metricsRepository.findByBot(query)), request));
    }

    @GetMapping(path = "/api/v1/jobs/stages/summary", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getStageSummary(
            @RequestParam(required = false) @Nullable String bot,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String to,
            HttpServletRequest request) {
        JobMetricsQuery query = JobMetricsQuery.of(true, bot, from, to);
        return varyByKey(responseCache.respond(query, content(() -> metricsRepository.findByStage(query)), request));
    }

    @GetMapping(path = "/api/v1/jobs/series", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getJobSeries(
            @RequestParam(defaultValue = "hour") @Checked(SeriesIntervalRule.class) String interval,
            @RequestParam(defaultValue = "UTC") @Checked(ZoneRule.class) String tz,
            @RequestParam(required = false) @Nullable String bot,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(TimeRule.class) @Nullable String to,
            HttpServletRequest request) {
        JobSeriesQuery query = JobSeriesQuery.of(
                Interval.parse(interval), JobTimeParser.parseZone(tz), bot, from, to, freshness.now());
        return varyByKey(responseCache.respond(query, content(() -> seriesRepository.find(query)), request));
    }

    private static JobFilter createFilter(
            List<String> states,
            @Nullable String bot,
            @Nullable String createdBy,
            @Nullable String searchText,
            @Nullable String fromText,
            @Nullable String toText,
            @Nullable String parent) {
        Instant from = fromText == null ? null : JobTimeParser.parseFrom(fromText, ZoneOffset.UTC);
        Instant to = toText == null ? null : JobTimeParser.parseTo(toText, ZoneOffset.UTC);
        JobTimeParser.requireOrder(from, to);
        return new JobFilter(
                states.stream().distinct().sorted().toList(),
                bot,
                createdBy,
                parent == null ? null : JobTimeParser.parseId("parent", parent),
                searchText == null ? null : searchText.strip().toLowerCase(Locale.ROOT),
                from,
                to);
    }

    /** Shared caches must not store what a key gives access to. */
    private Supplier<ResponseContent> content(Supplier<Object> body) {
        return () -> jobsArePublic ? ResponseContent.json(body.get()) : ResponseContent.privateJson(body.get());
    }

    private static ResponseEntity<byte[]> varyByKey(ResponseEntity<byte[]> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, "X-Api-Key")
                .body(response.getBody());
    }

    /** The cache key of one job. */
    private record JobQuery(UUID id) {}

    /** One of the states of jobs. */
    static final class StateRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            RequestParameterParser.requireChoice(parameter, value, JobPageSql.STATES);
        }
    }
}
