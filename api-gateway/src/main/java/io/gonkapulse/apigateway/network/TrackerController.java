package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.CachedQuery;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.QueryResult;
import io.gonkapulse.apigateway.http.QueryResultCache;
import io.gonkapulse.apigateway.network.TrackerRepository.TrackerRow;
import io.gonkapulse.apigateway.security.keys.RequestRightsContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the trackers. Owner, address and error are visible with the right {@link KeyRight#TRACKERS} only. */
@RestController
class TrackerController {

    private final QueryResultCache resultCache;
    private final TrackerRepository repository;
    private final FreshnessPolicy freshness;
    private final boolean internalsArePublic;

    TrackerController(
            QueryResultCache resultCache,
            TrackerRepository repository,
            FreshnessPolicy freshness,
            GatewayProperties properties) {
        this.resultCache = resultCache;
        this.repository = repository;
        this.freshness = freshness;
        this.internalsArePublic = properties.publicRights().contains(KeyRight.TRACKERS);
    }

    @GetMapping(path = "/api/v1/trackers", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TrackerListResponse> listTrackers(HttpServletRequest request) {
        boolean internals = RequestRightsContext.has(request, KeyRight.TRACKERS);
        QueryResult<List<TrackerRow>> result = resultCache.get(new TrackersQuery(internals), () -> find(internals));
        ResponseEntity<TrackerListResponse> response = internals && !internalsArePublic
                ? freshness.respondPrivate(result, TrackerListResponse.of(result.value()))
                : freshness.respond(result, TrackerListResponse.of(result.value()), Stream.of());
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, "X-Api-Key")
                .body(response.getBody());
    }

    private List<TrackerRow> find(boolean internals) {
        List<TrackerRow> rows = repository.find(freshness.now());
        return internals
                ? rows
                : rows.stream().map(TrackerRow::withoutInternals).toList();
    }

    /** The query of one view. The public and the internal view have separate cache entries and ETags. */
    private record TrackersQuery(boolean internals) implements CachedQuery<List<TrackerRow>> {}
}
