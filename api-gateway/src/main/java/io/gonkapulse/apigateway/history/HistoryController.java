package io.gonkapulse.apigateway.history;

import io.gonkapulse.apigateway.history.HistoryQuery.Metric;
import io.gonkapulse.apigateway.history.HistoryQuery.NetworkMetricRule;
import io.gonkapulse.apigateway.history.HistoryQuery.NodeMetricRule;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.apigateway.http.DayRange.Interval;
import io.gonkapulse.apigateway.http.DayRange.IntervalRule;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ParameterRule.Checked;
import io.gonkapulse.apigateway.http.ParameterRule.DayRule;
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

/** Serves series of one node and of the network for charts. */
@RestController
class HistoryController {

    private final ResponseCache responseCache;
    private final HistoryRepository repository;
    private final FreshnessPolicy freshness;

    HistoryController(ResponseCache responseCache, HistoryRepository repository, FreshnessPolicy freshness) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/nodes/{identifier}/history", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNodeHistory(
            @PathVariable String identifier,
            @RequestParam(defaultValue = "weight") @Checked(NodeMetricRule.class) String metric,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            @RequestParam(defaultValue = "day") @Checked(IntervalRule.class) String interval,
            HttpServletRequest request) {
        return respond(identifier, Metric.ofNode(metric), from, to, interval, request);
    }

    @GetMapping(path = "/api/v1/network/history", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNetworkHistory(
            @RequestParam(defaultValue = "weight") @Checked(NetworkMetricRule.class) String metric,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String from,
            @RequestParam(required = false) @Checked(DayRule.class) @Nullable String to,
            @RequestParam(defaultValue = "day") @Checked(IntervalRule.class) String interval,
            HttpServletRequest request) {
        return respond(null, Metric.ofNetwork(metric), from, to, interval, request);
    }

    private ResponseEntity<byte[]> respond(
            @Nullable String identifier,
            Metric metric,
            @Nullable String from,
            @Nullable String to,
            String interval,
            HttpServletRequest request) {
        LocalDate today = freshness.today();
        Interval length = Interval.parse(interval);
        HistoryQuery query =
                new HistoryQuery(identifier, metric, DayRange.parse(from, to, length, today), length, today);
        return responseCache.respond(query, () -> ResponseContent.json(repository.find(query)), request);
    }
}
