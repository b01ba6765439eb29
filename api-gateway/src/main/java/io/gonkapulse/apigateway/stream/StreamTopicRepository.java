package io.gonkapulse.apigateway.stream;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.core.QueryClient;
import io.gonkapulse.apigateway.http.ApiException;
import io.gonkapulse.apigateway.http.IdentifierParameterFactory;
import io.gonkapulse.apigateway.http.NodeAddressValidator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Decides which identifiers can be watched. */
@Repository
class StreamTopicRepository {

    /** Uses nodes_identifier_key. */
    private static final String EXISTS = """
            select exists (select from nodes where identifier in (:given, :lower, :upper) and deleted_at is null)
            """;

    private final JdbcClient client;

    StreamTopicRepository(QueryClient queryClient, GatewayProperties properties) {
        this.client = queryClient.createJdbcClient(properties.lookupTimeout());
    }

    /**
     * Returns one spelling of each identifier. A valid address may belong to a future node; other identifiers, which old
     * databases contain, must be those of nodes.
     *
     * @throws ApiException if an identifier is neither
     */
    Set<String> findTopics(List<String> identifiers) {
        Set<String> topics = new LinkedHashSet<>();
        for (String identifier : identifiers) {
            if (NodeAddressValidator.isWellFormed(identifier)) {
                topics.add(identifier.toLowerCase(Locale.ROOT));
            } else if (exists(identifier)) {
                topics.add(identifier);
            } else {
                throw ApiException.badParameter("identifier", "the address of a node", identifier);
            }
        }
        return topics;
    }

    private boolean exists(String identifier) {
        return client.sql(EXISTS)
                .params(IdentifierParameterFactory.forOne(identifier))
                .query(Boolean.class)
                .single();
    }
}
