package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the earnings of one node and of all nodes, as JSON and as CSV. */
@RestController
class EarningsController {

    private static final String NODE_PATH = "/api/v1/nodes/{identifier}/earnings";
    private static final String NETWORK_PATH = "/api/v1/earnings";
    private static final String CSV = "text/csv";

    private final ResponseCache responseCache;
    private final EarningsRepository repository;
    private final FreshnessPolicy freshness;

    EarningsController(ResponseCache responseCache, EarningsRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getEarnings(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(defaultValue = "false") String fill,
            HttpServletRequest request) {
        EarningsQuery query = parse(identifier, from, to, interval, fill);
        return withVaryHeader(responseCache.respond(query, () -> ResponseContent.json(find(query)), request));
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = CSV)
    ResponseEntity<byte[]> getEarningsCsv(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(defaultValue = "false") String fill,
            HttpServletRequest request) {
        EarningsQuery query = parse(identifier, from, to, interval, fill);
        return withVaryHeader(responseCache.respond(
                new CsvQuery(query), () -> ResponseContent.csv(find(query).toCsv(), "earnings.csv"), request));
    }

    private EarningsQuery parse(
            @Nullable String identifier, @Nullable String from, @Nullable String to, String interval, String fill) {
        LocalDate today = freshness.today();
        EarningsQuery.Interval length = EarningsQuery.Interval.parse(interval);
        return new EarningsQuery(
                identifier,
                from == null ? DayRange.parseTo(to, today, length::startDate) : DayRange.parse(from, to, today),
                length,
                RequestParameterParser.parseFlag("fill", fill),
                today);
    }

    private EarningsResponse find(EarningsQuery query) {
        return EarningsResponse.of(query, repository.find(query));
    }

    /** The {@code Accept} header selects the format, so shared caches must distinguish by it. */
    private static ResponseEntity<byte[]> withVaryHeader(ResponseEntity<byte[]> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }

    /** The cache key of the CSV of a query; the query itself is the key of the JSON. */
    private record CsvQuery(EarningsQuery query) {}
}
