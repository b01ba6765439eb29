package io.gonkapulse.apigateway.epochs;

import io.gonkapulse.apigateway.epochs.EpochRange.EpochOrDayRule;
import io.gonkapulse.apigateway.http.CsvResponse;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.PageSizeRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
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

/** Serves the epochs of one node and of the network, as JSON and as CSV. */
@RestController
class EpochController {

    private static final String NODE_PATH = "/api/v1/nodes/{identifier}/epochs";
    private static final String NETWORK_PATH = "/api/v1/epochs";
    private static final String DEFAULT_LIMIT = "50";
    private static final int MAX_EPOCH = 999_999_999;

    private final ResponseCache responseCache;
    private final NodeEpochRepository nodeRepository;
    private final EpochRepository epochRepository;
    private final FreshnessPolicy freshness;

    EpochController(
            ResponseCache responseCache,
            NodeEpochRepository nodeRepository,
            EpochRepository epochRepository,
            FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.nodeRepository = nodeRepository;
        this.epochRepository = epochRepository;
        this.freshness = freshness;
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> listEpochs(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Checked(EpochOrDayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(EpochOrDayRule.class) @Nullable String to,
            @RequestParam(defaultValue = DEFAULT_LIMIT) @Checked(PageSizeRule.class) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        EpochPageQuery query = parse(identifier, from, to, limit, cursor);
        return CsvResponse.varyByAccept(responseCache.respond(query, () -> ResponseContent.json(find(query)), request));
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = CsvResponse.MEDIA_TYPE)
    ResponseEntity<byte[]> listEpochsCsv(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Checked(EpochOrDayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(EpochOrDayRule.class) @Nullable String to,
            @RequestParam(defaultValue = DEFAULT_LIMIT) @Checked(PageSizeRule.class) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        EpochPageQuery query = parse(identifier, from, to, limit, cursor);
        return CsvResponse.varyByAccept(
                responseCache.respond(new CsvQuery(query), () -> createCsv(query, request), request));
    }

    @GetMapping(path = NETWORK_PATH + "/{epoch}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getEpoch(@PathVariable String epoch, HttpServletRequest request) {
        EpochQuery query = new EpochQuery(RequestParameterParser.parseNumber("epoch", epoch, 0, MAX_EPOCH));
        return responseCache.respond(query, () -> ResponseContent.json(epochRepository.find(query.epoch())), request);
    }

    private EpochPageQuery parse(
            @Nullable String identifier,
            @Nullable String from,
            @Nullable String to,
            String limit,
            @Nullable String cursor) {
        return new EpochPageQuery(
                identifier,
                EpochRange.parse(from, to, freshness.today()),
                RequestParameterParser.parsePageSize(limit),
                EpochPageQuery.parseCursor(cursor));
    }

    private Object find(EpochPageQuery query) {
        return query.identifier() == null ? epochRepository.list(query) : nodeRepository.find(query);
    }

    private ResponseContent createCsv(EpochPageQuery query, HttpServletRequest request) {
        String fileName = CsvResponse.fileName("epochs", query.identifier());
        if (query.identifier() == null) {
            EpochListResponse page = epochRepository.list(query);
            return ResponseContent.csv(page.toCsv(), fileName)
                    .withNextPage(CsvResponse.nextPage(request, page.nextCursor()));
        }
        NodeEpochListResponse page = nodeRepository.find(query);
        return ResponseContent.csv(page.toCsv(), fileName)
                .withNextPage(CsvResponse.nextPage(request, page.nextCursor()));
    }

    /** The cache key of the CSV of a page; the page itself is the key of the JSON. */
    private record CsvQuery(EpochPageQuery query) {}

    private record EpochQuery(int epoch) {}
}
