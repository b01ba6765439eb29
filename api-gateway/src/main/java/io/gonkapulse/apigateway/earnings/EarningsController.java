package io.gonkapulse.apigateway.earnings;

import io.gonkapulse.apigateway.http.CsvResponse;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.DayRule;
import io.gonkapulse.apigateway.http.ParameterRule.FlagRule;
import io.gonkapulse.apigateway.http.RequestParameterParser;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
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

    private final ResponseCache responseCache;
    private final EarningsRepository repository;
    private final FreshnessPolicy freshness;

    EarningsController(ResponseCache responseCache, EarningsRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getEarnings(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            @RequestParam(defaultValue = "day") @Checked(DayRange.IntervalRule.class) String interval,
            @RequestParam(defaultValue = "false") @Checked(FlagRule.class) String fill,
            HttpServletRequest request) {
        EarningsQuery query = parse(identifier, from, to, interval, fill);
        return CsvResponse.varyByAccept(responseCache.respond(query, () -> ResponseContent.json(find(query)), request));
    }

    @GetMapping(
            path = {NODE_PATH, NETWORK_PATH},
            produces = CsvResponse.MEDIA_TYPE)
    ResponseEntity<byte[]> getEarningsCsv(
            @PathVariable(required = false) @Nullable String identifier,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            @RequestParam(defaultValue = "day") @Checked(DayRange.IntervalRule.class) String interval,
            @RequestParam(defaultValue = "false") @Checked(FlagRule.class) String fill,
            HttpServletRequest request) {
        EarningsQuery query = parse(identifier, from, to, interval, fill);
        return CsvResponse.varyByAccept(responseCache.respond(new CsvQuery(query), () -> createCsv(query), request));
    }

    private ResponseContent createCsv(EarningsQuery query) {
        String fileName = CsvResponse.fileName("earnings", query.identifier());
        return ResponseContent.csv(find(query).toCsv(), fileName);
    }

    private EarningsQuery parse(
            @Nullable String identifier, @Nullable String from, @Nullable String to, String interval, String fill) {
        LocalDate today = freshness.today();
        DayRange.Interval length = DayRange.Interval.parse(interval);
        return new EarningsQuery(
                identifier,
                DayRange.parse(from, to, length, today),
                length,
                RequestParameterParser.parseFlag("fill", fill),
                today);
    }

    private EarningsResponse find(EarningsQuery query) {
        return EarningsResponse.of(query, repository.find(query));
    }

    /** The cache key of the CSV of a query; the query itself is the key of the JSON. */
    private record CsvQuery(EarningsQuery query) {}
}
