package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.earnings.EarningsQuery.Bucket;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.QueryResult;
import io.gonkapulse.apigateway.http.QueryResultCache;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
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
    private static final MediaType CSV_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

    private final ResponseCache responseCache;
    private final QueryResultCache resultCache;
    private final EarningsRepository repository;
    private final FreshnessPolicy freshness;

    EarningsController(
            ResponseCache responseCache,
            QueryResultCache resultCache,
            EarningsRepository repository,
            FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.resultCache = resultCache;
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
        return withVaryHeader(responseCache.respond(
                query,
                new ResponseCache.ResponseSource<>(
                        () -> repository.find(query),
                        buckets -> EarningsResponse.of(query, buckets),
                        buckets -> Stream.of()),
                request));
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = CSV)
    ResponseEntity<String> getEarningsCsv(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(defaultValue = "false") String fill) {
        EarningsQuery query = parse(identifier, from, to, interval, fill);
        QueryResult<List<Bucket>> result = resultCache.get(query, () -> repository.find(query));
        String table = EarningsResponse.of(query, result.value()).toCsv();
        return withVaryHeader(freshness.respond(result, table, CSV_UTF8, Stream.of()));
    }

    private EarningsQuery parse(
            @Nullable String identifier, @Nullable String from, @Nullable String to, String interval, String fill) {
        return new EarningsQuery(
                identifier,
                DayRange.parse(from, to, freshness.today()),
                EarningsQuery.Interval.parse(interval),
                RequestParameterParser.parseFlag("fill", fill));
    }

    /** The {@code Accept} header selects the format, so shared caches must distinguish by it. */
    private static <T> ResponseEntity<T> withVaryHeader(ResponseEntity<T> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }
}
