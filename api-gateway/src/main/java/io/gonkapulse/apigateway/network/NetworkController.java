package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.ResponseCache;
import io.gonkapulse.apigateway.http.ResponseContent;
import io.gonkapulse.apigateway.network.NetworkRepository.NetworkRow;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the state of the whole network. */
@RestController
class NetworkController {

    private final ResponseCache responseCache;
    private final NetworkRepository repository;
    private final FreshnessPolicy freshness;
    private final boolean simulated;

    NetworkController(
            ResponseCache responseCache,
            NetworkRepository repository,
            FreshnessPolicy freshness,
            GatewayProperties properties) {
        this.responseCache = responseCache;
        this.repository = repository;
        this.freshness = freshness;
        this.simulated = properties.simulated();
    }

    @GetMapping(path = "/api/v1/network", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getNetwork(HttpServletRequest request) {
        return responseCache.respondWithinTtl(new NetworkQuery(), () -> createContent(repository.find()), request);
    }

    /** The ages are computed for each response, and are no part of the ETag. */
    private ResponseContent createContent(NetworkRow row) {
        return ResponseContent.json(List.of(row, NetworkResponse.state(row, freshness)))
                .withTimes(Stream.ofNullable(row.blockTime()))
                .withView(policy -> NetworkResponse.of(row, policy, simulated));
    }

    private record NetworkQuery() {}
}
