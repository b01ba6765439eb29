package io.gonkapulse.apigateway.health;

import io.gonkapulse.apigateway.health.NodeHealthRepository.NodeHealthQuery;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.QueryResult;
import io.gonkapulse.apigateway.http.QueryResultCache;
import java.util.List;
import java.util.stream.Stream;
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

    private final QueryResultCache resultCache;
    private final NodeHealthRepository repository;
    private final FreshnessPolicy freshness;

    NodeHealthController(QueryResultCache resultCache, NodeHealthRepository repository, FreshnessPolicy freshness) {
        this.resultCache = resultCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NodeHealthResponse> getHealth(
            @PathVariable String identifier,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        NodeHealthQuery query = new NodeHealthQuery(identifier, DayRange.parse(from, to, freshness.today()));
        QueryResult<List<HealthHourRow>> result = resultCache.get(query, () -> repository.find(query));
        // The default range changes at midnight and is part of the body, so it is part of the ETag.
        String tag =
                result.tag() + '-' + query.range().from() + '-' + query.range().to();
        return freshness.respond(
                new QueryResult<>(result.value(), tag), NodeHealthResponse.of(query, result.value()), Stream.of());
    }
}
