package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.health.NodeHealthRepository.NodeHealthQuery;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
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

    private final ResponseCache responseCache;
    private final NodeHealthRepository repository;
    private final FreshnessPolicy freshness;

    NodeHealthController(ResponseCache responseCache, NodeHealthRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getHealth(
            @PathVariable String identifier,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest request) {
        NodeHealthQuery query = new NodeHealthQuery(identifier, DayRange.parse(from, to, freshness.today()));
        return responseCache.respond(
                query, () -> ResponseContent.json(NodeHealthResponse.of(query, repository.find(query))), request);
    }
}
