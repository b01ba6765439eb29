package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.KeyRight;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import io.gonkapulse.apigateway.security.keys.RequestRightsContext;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the trackers. Owner, address and error are visible with the right {@link KeyRight#TRACKERS} only. */
@RestController
class TrackerController {

    private final ResponseCache responseCache;
    private final TrackerRepository repository;
    private final FreshnessPolicy freshness;
    private final boolean internalsArePublic;

    TrackerController(
            ResponseCache responseCache,
            TrackerRepository repository,
            FreshnessPolicy freshness,
            GatewayProperties properties) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
        this.internalsArePublic = properties.publicRights().contains(KeyRight.TRACKERS);
    }

    @GetMapping(path = "/api/v1/trackers", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> listTrackers(HttpServletRequest request) {
        boolean internals = RequestRightsContext.has(request, KeyRight.TRACKERS);
        ResponseEntity<byte[]> response =
                responseCache.respondWithinTtl(new TrackersQuery(internals), () -> createContent(internals), request);
        return ResponseEntity.status(response.getStatusCode())
                .headers(response.getHeaders())
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, "X-Api-Key")
                .body(response.getBody());
    }

    /** Removes the internals before anything is cached, so that no cached response and no ETag leaks them. */
    private ResponseContent createContent(boolean internals) {
        TrackerListResponse all = repository.find(freshness.now());
        TrackerListResponse list = internals ? all : all.withoutInternals();
        return internals && !internalsArePublic ? ResponseContent.privateJson(list) : ResponseContent.json(list);
    }

    /** The query of one view. The public and the internal view have separate cache entries and ETags. */
    private record TrackersQuery(boolean internals) {}
}
