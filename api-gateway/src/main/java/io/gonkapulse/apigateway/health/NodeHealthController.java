package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.health.NodeHealthRepository.NodeHealthQuery;
import io.gonkapulse.apigateway.http.CsvResponse;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.DayRule;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the hourly health of one node. */
@RestController
class NodeHealthController {

    private static final String PATH = "/api/v1/nodes/{identifier}/health";

    private final ResponseCache responseCache;
    private final NodeHealthRepository repository;
    private final FreshnessPolicy freshness;

    NodeHealthController(ResponseCache responseCache, NodeHealthRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getHealth(
            @PathVariable String identifier,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            HttpServletRequest request) {
        NodeHealthQuery query = new NodeHealthQuery(identifier, DayRange.parse(from, to, freshness.today()));
        return CsvResponse.varyByAccept(responseCache.respond(query, () -> ResponseContent.json(find(query)), request));
    }

    /** The table has the hours, not the intervals. */
    @GetMapping(path = PATH, produces = CsvResponse.MEDIA_TYPE)
    ResponseEntity<byte[]> getHealthCsv(
            @PathVariable String identifier,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            HttpServletRequest request) {
        NodeHealthQuery query = new NodeHealthQuery(identifier, DayRange.parse(from, to, freshness.today()));
        String fileName = CsvResponse.fileName("health", identifier);
        return CsvResponse.varyByAccept(responseCache.respond(
                new CsvQuery(query), () -> ResponseContent.csv(find(query).toCsv(), fileName), request));
    }

    private NodeHealthResponse find(NodeHealthQuery query) {
        return NodeHealthResponse.of(query, repository.find(query));
    }

    /** The cache key of the CSV of a query; the query itself is the key of the JSON. */
    private record CsvQuery(NodeHealthQuery query) {}
}
