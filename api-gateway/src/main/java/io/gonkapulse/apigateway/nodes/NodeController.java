package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.CsvResponse;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule;
import io.gonkapulse.apigateway.http.ParameterRule.AnyTextRule;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.PageSizeRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeEarningsHistory;
import io.gonkapulse.apigateway.nodes.NodeRepository.NodeQuery;
import io.gonkapulse.apigateway.nodes.NodeSort.SortRule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves pages of nodes, nodes by identifier, and one node with its earnings. */
@RestController
class NodeController {

    private static final String LIST_PATH = "/api/v1/nodes";
    private static final String BATCH_PARAMETER = "identifier";
    private static final String DEFAULT_SORT = "identifier";
    private static final String DEFAULT_LIMIT = "50";
    private static final Set<String> STATUSES =
            Set.of("healthy", "unhealthy", "jailed", "unknown", "offline", "inactive");

    private final ResponseCache responseCache;
    private final NodePageRepository pageRepository;
    private final NodeBatchRepository batchRepository;
    private final NodeRepository nodeRepository;
    private final FreshnessPolicy freshness;

    NodeController(
            ResponseCache responseCache,
            NodePageRepository pageRepository,
            NodeBatchRepository batchRepository,
            NodeRepository nodeRepository,
            FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.pageRepository = pageRepository;
        this.batchRepository = batchRepository;
        this.nodeRepository = nodeRepository;
        this.freshness = freshness;
    }

    @GetMapping(path = LIST_PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> listNodes(
            @RequestParam(defaultValue = "") @Checked(AnyTextRule.class) List<String> identifier,
            @RequestParam(defaultValue = "") @Checked(StatusRule.class) List<String> status,
            @RequestParam(required = false) @Nullable String gpuType,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = DEFAULT_SORT) @Checked(SortRule.class) String sort,
            @RequestParam(defaultValue = DEFAULT_LIMIT) @Checked(PageSizeRule.class) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        NodePageQuery.Filter filter = createFilter(status, gpuType, region, model, q);
        if (request.getParameter(BATCH_PARAMETER) != null) {
            BatchQuery query = parseBatch(request, false);
            return CsvResponse.varyByAccept(responseCache.respond(
                    query, () -> createContent(batchRepository.find(query.identifiers())), request));
        }
        NodePageQuery query = parsePage(filter, sort, limit, cursor);
        return CsvResponse.varyByAccept(
                responseCache.respond(query, () -> createContent(pageRepository.find(query)), request));
    }

    @GetMapping(path = LIST_PATH, produces = CsvResponse.MEDIA_TYPE)
    ResponseEntity<byte[]> listNodesCsv(
            @RequestParam(defaultValue = "") @Checked(AnyTextRule.class) List<String> identifier,
            @RequestParam(defaultValue = "") @Checked(StatusRule.class) List<String> status,
            @RequestParam(required = false) @Nullable String gpuType,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(defaultValue = DEFAULT_SORT) @Checked(SortRule.class) String sort,
            @RequestParam(defaultValue = DEFAULT_LIMIT) @Checked(PageSizeRule.class) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        NodePageQuery.Filter filter = createFilter(status, gpuType, region, model, q);
        if (request.getParameter(BATCH_PARAMETER) != null) {
            BatchQuery query = parseBatch(request, true);
            return CsvResponse.varyByAccept(responseCache.respond(
                    query,
                    () -> createTable(batchRepository.find(query.identifiers()).items(), null, request),
                    request));
        }
        NodePageQuery query = parsePage(filter, sort, limit, cursor);
        return CsvResponse.varyByAccept(responseCache.respond(
                new CsvQuery(query),
                () -> {
                    NodeResponse.Page page = pageRepository.find(query);
                    return createTable(page.items(), page.nextCursor(), request);
                },
                request));
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNode(@PathVariable String identifier, HttpServletRequest request) {
        NodeQuery query = new NodeQuery(identifier, freshness.today());
        return responseCache.respond(query, () -> createContent(nodeRepository.find(query)), request);
    }

    /** Sorted and without repetition, so that equal filters share a cached response. */
    private static NodePageQuery.Filter createFilter(
            List<String> statuses,
            @Nullable String gpuType,
            @Nullable String region,
            @Nullable String model,
            @Nullable String searchText) {
        List<String> distinct = statuses.stream().distinct().sorted().toList();
        return new NodePageQuery.Filter(distinct, gpuType, region, model, searchText);
    }

    private static NodePageQuery parsePage(
            NodePageQuery.Filter filter, String sort, String limit, @Nullable String cursor) {
        NodeSort order = NodeSort.parse(sort);
        return new NodePageQuery(
                filter,
                order,
                RequestParameterParser.parsePageSize(limit),
                cursor == null ? null : NodePageCursor.parse(cursor, order));
    }

    /**
     * Reads the identifiers from the request, because Spring splits a single one at its commas. The methods name the
     * parameter for the check of parameters.
     */
    private static BatchQuery parseBatch(HttpServletRequest request, boolean csv) {
        Set<String> others = new TreeSet<>(request.getParameterMap().keySet());
        others.removeAll(Set.of(BATCH_PARAMETER, "limit"));
        if (!others.isEmpty()) {
            String other = others.iterator().next();
            throw ApiException.badParameter(other, other + ": does not combine with " + BATCH_PARAMETER);
        }
        String[] identifiers = request.getParameterValues(BATCH_PARAMETER);
        if (identifiers.length > NodeBatchRepository.MAX_SIZE) {
            throw ApiException.badParameter(
                    BATCH_PARAMETER,
                    BATCH_PARAMETER + ": expected at most " + NodeBatchRepository.MAX_SIZE + " times, got "
                            + identifiers.length + " times");
        }
        return new BatchQuery(
                Arrays.stream(identifiers).map(String::strip).distinct().toList(), csv);
    }

    private static ResponseContent createContent(NodeResponse.Page page) {
        return ResponseContent.json(page).withTimes(page.items().stream().flatMap(NodeResponse::fetchTimes));
    }

    private static ResponseContent createContent(NodeResponse.Batch batch) {
        return ResponseContent.json(batch).withTimes(batch.items().stream().flatMap(NodeResponse::fetchTimes));
    }

    private static ResponseContent createContent(NodeEarningsHistory history) {
        return ResponseContent.json(NodeDetailsResponse.of(history))
                .withTimes(history.node().fetchTimes());
    }

    private static ResponseContent createTable(
            List<NodeResponse> nodes, @Nullable String nextCursor, HttpServletRequest request) {
        return ResponseContent.csv(NodeTableFormatter.format(nodes), CsvResponse.fileName("nodes", null))
                .withTimes(nodes.stream().flatMap(NodeResponse::fetchTimes))
                .withNextPage(CsvResponse.nextPage(request, nextCursor));
    }

    /** The cache key of the CSV of a page; the page itself is the key of the JSON. */
    private record CsvQuery(NodePageQuery query) {}

    private record BatchQuery(List<String> identifiers, boolean csv) {}

    /** One of the statuses of nodes. */
    static final class StatusRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            RequestParameterParser.requireChoice(parameter, value, STATUSES);
        }
    }
}
