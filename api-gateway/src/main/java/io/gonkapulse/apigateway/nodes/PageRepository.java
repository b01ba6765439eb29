package io.gonkapulse.apigateway.nodes;

import io.gonkapulse.apigateway.database.Database;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import io.gonkapulse.apigateway.web.Freshness;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads pages of nodes: one statement each, whatever is asked. */
@Repository
class PageRepository {

    /**
     * What is asked most. Served by nodes_identifier_key; the identifiers come first, so that one plan is good for every
     * limit and need not be made for each request.
     */
    private static final String ALL_BY_IDENTIFIER = """
            select stats.*,
                   '0' as cursor_key
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
            select stats.*,
                   '0' as cursor_key
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
            select stats.*,
                   '0' as cursor_key
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

    /** Every order by a number is an ascending one; what has no number stands at infinity. */
    private static final String BY_NUMBER = """
            select keyed.*,
                   keyed.sort_key::text as cursor_key
              from (select stats.*,
                           coalesce(
                               case :field
                                   when 'weight' then stats.voting_weight
                                   when 'earningsDay' then
                                       case when (stats.fetched_at at time zone 'UTC')::date = :today
                                             and coalesce(stats.earnings_date = :today, true)
                                            then stats.earnings_day end
                                   when 'earningsTotal' then stats.earnings_total
                                   when 'uptime' then stats.uptime_percent
                                   when 'fetchedAt' then extract(epoch from stats.fetched_at)
                               end * cast(:direction as integer),
                               'Infinity') as sort_key
                      from current_node_stats stats
                     where (cast(:statuses as text) is null or stats.status = any (string_to_array(:statuses, ',')))
                       and (cast(:gpuType as text) is null or stats.gpu_type = :gpuType)
                       and (cast(:region as text) is null or stats.region = :region)
                       and (cast(:model as text) is null or stats.active_model = :model)
                       and (cast(:words as text) is null
                            or strpos(lower(stats.identifier), lower(:words)) > 0
                            or strpos(lower(stats.display_name), lower(:words)) > 0)) keyed
             where cast(:afterKey as numeric) is null
                or (keyed.sort_key, keyed.identifier) > (cast(:afterKey as numeric), :afterIdentifier)
             order by keyed.sort_key, keyed.identifier
             limit :limit
            """;

    private final JdbcClient client;
    private final NodeRowMapper nodes;
    private final Freshness freshness;

    PageRepository(Database database, GatewayProperties properties, NodeRowMapper nodes, Freshness freshness) {
        this.client = database.client(properties.lookupTimeout());
        this.nodes = nodes;
        this.freshness = freshness;
    }

    /** Asks for one more than is wanted, to know whether there is a next page. */
    NodePage find(PageQuestion question) {
        List<Keyed> found = client.sql(statement(question))
                .param("statuses", question.filter().joinedStatuses())
                .param("gpuType", question.filter().gpuType())
                .param("region", question.filter().region())
                .param("model", question.filter().model())
                .param("words", question.filter().words())
                .param("field", question.sort().field())
                .param("direction", question.sort().descending() ? -1 : 1)
                .param("today", freshness.today())
                .param(
                        "afterKey",
                        question.after() == null ? null : question.after().key())
                .param(
                        "afterIdentifier",
                        question.after() == null ? "" : question.after().identifier())
                .param("limit", question.limit() + 1)
                .query((row, number) -> new Keyed(nodes.mapRow(row, number), row.getString("cursor_key")))
                .list();
        return new NodePage(
                found.stream().limit(question.limit()).map(Keyed::node).toList(), next(found, question));
    }

    private static String statement(PageQuestion question) {
        NodeSort sort = question.sort();
        if (question.filter().wantsAll() && sort.byIdentifier() && !sort.descending()) {
            return ALL_BY_IDENTIFIER;
        }
        if (!sort.byIdentifier()) {
            return BY_NUMBER;
        }
        return sort.descending() ? BY_IDENTIFIER_BACKWARDS : BY_IDENTIFIER;
    }

    private static @Nullable String next(List<Keyed> found, PageQuestion question) {
        if (found.size() <= question.limit()) {
            return null;
        }
        Keyed last = found.get(question.limit() - 1);
        return new Cursor(question.sort(), last.key(), last.node().identifier()).encoded();
    }

    private record Keyed(NodeRow node, String key) {}
}
