package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import jakarta.servlet.http.HttpServletRequest;
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

    private final ResponseCache responseCache;
    private final EarningsRepository repository;
    private final FreshnessPolicy freshness;

    EarningsController(ResponseCache responseCache, EarningsRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = NODE_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNodeEarnings(@PathVariable String identifier, HttpServletRequest request) {
        return respondJson(EarningsQuery.of(identifier, request, freshness.today()), request);
    }

    @GetMapping(path = NODE_PATH, produces = CSV)
    ResponseEntity<byte[]> getNodeEarningsCsv(@PathVariable String identifier, HttpServletRequest request) {
        return respondCsv(EarningsQuery.of(identifier, request, freshness.today()), request);
    }

    @GetMapping(path = NETWORK_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNetworkEarnings(HttpServletRequest request) {
        return respondJson(EarningsQuery.of(null, request, freshness.today()), request);
    }

    @GetMapping(path = NETWORK_PATH, produces = CSV)
    ResponseEntity<byte[]> getNetworkEarningsCsv(HttpServletRequest request) {
        return respondCsv(EarningsQuery.of(null, request, freshness.today()), request);
    }

    private ResponseEntity<byte[]> respondJson(EarningsQuery query, HttpServletRequest request) {
        return withVaryHeader(responseCache.respond(query, () -> ResponseContent.json(find(query)), request));
    }

    private ResponseEntity<byte[]> respondCsv(EarningsQuery query, HttpServletRequest request) {
        return withVaryHeader(responseCache.respond(
                new CsvQuery(query), () -> ResponseContent.csv(find(query).toCsv()), request));
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
