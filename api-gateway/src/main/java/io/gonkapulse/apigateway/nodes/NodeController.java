package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeEarningsHistory;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves pages of nodes, and one node with its earnings. */
@RestController
class NodeController {

    private static final Set<String> STATUSES = Set.of("healthy", "unhealthy", "jailed", "unknown", "offline");
    private static final int MAX_LIMIT = 500;

    private final ResponseCache responseCache;
    private final NodePageRepository pageRepository;
    private final NodeRepository nodeRepository;
    private final FreshnessPolicy freshness;

    NodeController(
            ResponseCache responseCache,
            NodePageRepository pageRepository,
            NodeRepository nodeRepository,
            FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.pageRepository = pageRepository;
        this.nodeRepository = nodeRepository;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> listNodes(
            @RequestParam(defaultValue = "") List<String> status,
            @RequestParam(required = false) @Nullable String gpuType,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = "identifier") String sort,
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        NodeSort order = NodeSort.parse(sort);
        NodePageQuery query = new NodePageQuery(
                new NodePageQuery.Filter(parseStatuses(status), gpuType, region, model, q),
                order,
                RequestParameterParser.parseNumber("limit", limit, 1, MAX_LIMIT),
                cursor == null ? null : NodePageCursor.parse(cursor, order));
        return responseCache.respond(query, () -> createContent(pageRepository.find(query)), request);
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNode(@PathVariable String identifier, HttpServletRequest request) {
        NodeQuery query = new NodeQuery(identifier, freshness.today());
        return responseCache.respond(query, () -> createContent(nodeRepository.find(query)), request);
    }

    /** Sorted and without repetition, so that equal filters share a cached response. */
    private static List<String> parseStatuses(List<String> statuses) {
        return statuses.stream()
                .map(status -> RequestParameterParser.requireChoice("status", status, STATUSES))
                .distinct()
                .sorted()
                .toList();
    }

    private static ResponseContent createContent(NodeResponse.Page page) {
        return ResponseContent.json(page).withTimes(page.items().stream().flatMap(NodeResponse::fetchTimes));
    }

    private static ResponseContent createContent(NodeEarningsHistory history) {
        return ResponseContent.json(NodeDetailsResponse.of(history))
                .withTimes(history.node().fetchTimes());
    }
}
