package io.gonkapulse.apigateway.network;

import io.gonkapulse.apigateway.http.CachedQuery;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.http.QueryResult;
import io.gonkapulse.apigateway.http.QueryResultCache;
import io.gonkapulse.apigateway.network.NetworkRepository.NetworkRow;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the state of the whole network. */
@RestController
class NetworkController {

    private final QueryResultCache resultCache;
    private final NetworkRepository repository;
    private final FreshnessPolicy freshness;

    NetworkController(QueryResultCache resultCache, NetworkRepository repository, FreshnessPolicy freshness) {
        this.resultCache = resultCache;
        this.repository = repository;
        this.freshness = freshness;
    }

    @GetMapping(path = "/api/v1/network", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<NetworkResponse> getNetwork() {
        QueryResult<NetworkRow> result = resultCache.get(new NetworkQuery(), repository::find);
        NetworkResponse body = NetworkResponse.of(result.value(), freshness);
        return freshness.respond(
                new QueryResult<>(result.value(), result.tag() + body.state()),
                body,
                Stream.ofNullable(body.blockTime()));
    }

    private record NetworkQuery() implements CachedQuery<NetworkRow> {}
}
