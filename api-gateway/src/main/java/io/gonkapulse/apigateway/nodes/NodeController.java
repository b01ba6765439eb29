package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.RequestParameterReader;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves pages of nodes, and one node with its earnings. */
@RestController
class NodeController {

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
    ResponseEntity<byte[]> listNodes(HttpServletRequest request) {
        NodePageParameters query = NodePageParameters.of(request);
        return responseCache.respond(query, () -> listContent(pageRepository.find(query)), request);
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNode(@PathVariable String identifier, HttpServletRequest request) {
        RequestParameterReader.of(request);
        NodeQuery query = NodeQuery.of(identifier, freshness.today());
        return responseCache.respond(query, () -> detailsContent(nodeRepository.find(query)), request);
    }

    private static ResponseContent listContent(NodeListResponse page) {
        return ResponseContent.json(page).withTimes(page.items().stream().flatMap(NodeResponse::fetchTimes));
    }

    private static ResponseContent detailsContent(NodeEarningsHistory history) {
        return ResponseContent.json(NodeDetailsResponse.of(history))
                .withTimes(history.node().fetchTimes());
    }
}
