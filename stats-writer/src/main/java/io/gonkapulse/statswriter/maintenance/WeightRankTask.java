package io.gonkapulse.statswriter.maintenance;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Ranks the nodes of the running epoch by weight, and computes their share of all weight. */
final class WeightRankTask {

    /** Locks rows in the same order as the writers, so that the two cannot deadlock. */
    private static final String UPDATE = """
            with ranked as (
                select stats.node_id,
                       rank() over (order by stats.voting_weight desc) as weight_rank,
                       round(stats.voting_weight / nullif(sum(stats.voting_weight) over (), 0), 8) as weight_share
                  from node_stats_cache stats
                  join node_facts facts on facts.node_id = stats.node_id
                  join nodes node on node.id = stats.node_id
                 where node.deleted_at is null
                   and stats.voting_weight is not null
                   and facts.epoch = (select epoch from running_epoch)),
            changed as materialized (
                select facts.node_id, ranked.weight_rank, ranked.weight_share
                  from node_facts facts
                  left join ranked on ranked.node_id = facts.node_id
                 where (facts.weight_rank, facts.weight_share)
                       is distinct from (ranked.weight_rank, ranked.weight_share)
                 order by facts.node_id
                   for update of facts)
            update node_facts facts
               set weight_rank = changed.weight_rank,
                   weight_share = changed.weight_share
              from changed
             where facts.node_id = changed.node_id
            """;

    private final JdbcClient jdbc;

    WeightRankTask(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void rank() {
        jdbc.sql(UPDATE).update();
    }
}
