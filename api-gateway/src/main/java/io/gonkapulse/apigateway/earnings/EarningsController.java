package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.QueryResult;
import io.gonkapulse.apigateway.http.QueryResultCache;
import io.gonkapulse.apigateway.http.ResponseCache;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    @GetMapping(path = NODE_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNodeEarnings(@PathVariable String identifier, HttpServletRequest request) {
        return respondJson(EarningsQuery.of(identifier, request, freshness.today()), request);
    }

    @GetMapping(path = NODE_PATH, produces = CSV)
    ResponseEntity<String> getNodeEarningsCsv(@PathVariable String identifier, HttpServletRequest request) {
        return respondCsv(EarningsQuery.of(identifier, request, freshness.today()));
    }

    @GetMapping(path = NETWORK_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNetworkEarnings(HttpServletRequest request) {
        return respondJson(EarningsQuery.of(null, request, freshness.today()), request);
    }

    @GetMapping(path = NETWORK_PATH, produces = CSV)
    ResponseEntity<String> getNetworkEarningsCsv(HttpServletRequest request) {
        return respondCsv(EarningsQuery.of(null, request, freshness.today()));
    }

    private ResponseEntity<byte[]> respondJson(EarningsQuery query, HttpServletRequest request) {
        return withVaryHeader(responseCache.respond(
                query,
                new ResponseCache.ResponseSource<>(
                        () -> repository.find(query),
                        buckets -> EarningsResponse.of(query, buckets),
                        buckets -> Stream.of()),
                request));
    }

    private ResponseEntity<String> respondCsv(EarningsQuery query) {
        QueryResult<List<EarningsBucket>> result = resultCache.get(query, () -> repository.find(query));
        String table = EarningsCsvFormatter.format(EarningsResponse.of(query, result.value()));
        return withVaryHeader(freshness.respond(result, table, CSV_UTF8, Stream.of()));
    }

    /** The {@code Accept} header selects the format, so shared caches must distinguish by it. */
    private static <T> ResponseEntity<T> withVaryHeader(ResponseEntity<T> response) {
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(response.getBody());
    }
}
