package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Freshness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of nodes. */
@Repository
class PageRepository {

    /**
     * What is asked most. Served by nodes_identifier_key; the identifiers come first, so that one plan is good for every
     * limit and need not be made for each request.
     */
    private static final String ALL_BY_IDENTIFIER = """
            select stats.*
              from current_node_stats stats
             where stats.identifier = any (array(
                   select identifier
                     from nodes
                    where identifier > :afterIdentifier
                      and deleted_at is null
                    order by identifier
                    limit :limit))
             order by stats.identifier
            """;

    /** Served by nodes_identifier_key. */
    private static final String BY_IDENTIFIER = """
            select stats.*
              from current_node_stats stats
             where (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
               and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
               and (cast(:region as text) is null or stats.region = :region)
               and (cast(:model as text) is null or stats.active_model = :model)
               and (cast(:words as text) is null
                    or strpos(lower(stats.identifier), lower(:words)) > 0
                    or strpos(lower(stats.display_name), lower(:words)) > 0)
               and stats.identifier > :afterIdentifier
             order by stats.identifier
             limit :limit
            """;

    /** Served by nodes_identifier_key, read backwards. */
    private static final String BY_IDENTIFIER_BACKWARDS = """
            select stats.*
              from current_node_stats stats
             where (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
               and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
               and (cast(:region as text) is null or stats.region = :region)
               and (cast(:model as text) is null or stats.active_model = :model)
               and (cast(:words as text) is null
                    or strpos(lower(stats.identifier), lower(:words)) > 0
                    or strpos(lower(stats.display_name), lower(:words)) > 0)
               and (cast(:afterKey as text) is null or stats.identifier < :afterIdentifier)
             order by stats.identifier desc
             limit :limit
            """;

    private final JdbcClient client;
    private final NodeRowMapper nodes;
    private final PagesByNumber byNumber;

    PageRepository(Database database, GatewayProperties properties, NodeRowMapper nodes, Freshness freshness) {
        this.client = database.client(properties.lookupTimeout());
        this.nodes = nodes;
        this.byNumber = new PagesByNumber(client, nodes, freshness);
    }

    /** Asks for one more than is wanted, to know whether there is a next page. */
    NodePage find(PageQuestion question) {
        int wanted = question.limit() + 1;
        List<KeyedNode> found =
                question.sort().byIdentifier() ? byIdentifier(question, wanted) : byNumber.find(question, wanted);
        return new NodePage(
                found.stream().limit(question.limit()).map(KeyedNode::node).toList(), next(found, question));
    }

    private List<KeyedNode> byIdentifier(PageQuestion question, int wanted) {
        return client.sql(statement(question))
                .params(question.filter().parameters())
                .param(
                        "afterIdentifier",
                        question.after() == null ? "" : question.after().position())
                .param(
                        "afterKey",
                        question.after() == null ? null : question.after().key())
                .param("limit", wanted)
                .query((row, number) -> new KeyedNode(nodes.mapRow(row, number), "0"))
                .list();
    }

    private static String statement(PageQuestion question) {
        if (question.sort().descending()) {
            return BY_IDENTIFIER_BACKWARDS;
        }
        return question.filter().wantsAll() ? ALL_BY_IDENTIFIER : BY_IDENTIFIER;
    }

    private static @Nullable String next(List<KeyedNode> found, PageQuestion question) {
        if (found.size() <= question.limit()) {
            return null;
        }
        KeyedNode last = found.get(question.limit() - 1);
        NodeSort sort = question.sort();
        String position = sort.byIdentifier()
                ? last.node().identifier()
                : last.node().id().toString();
        return new Cursor(sort, last.key(), position).encoded();
    }
}
