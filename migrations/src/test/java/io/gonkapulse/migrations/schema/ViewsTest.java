package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.TestServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class ViewsTest {

    private final PostgresDatabase database = TestServers.embedded().migratedDatabase();

    @BeforeEach
    void nodesOfOneTracker() {
        database.execute("""
                insert into trackers (name, kind, interval_ms, last_success_at)
                values ('alive', 'gonka-tracker', 60000, now()),
                       ('dead', 'gonka-tracker', 60000, now() - interval '1 hour');
                insert into nodes (identifier, identifier_type, deleted_at)
                values ('fresh', 'wallet', null), ('silent', 'wallet', null), ('orphan', 'wallet', null),
                       ('unseen', 'wallet', null), ('gone', 'wallet', now());
                insert into tracker_coverage (tracker, partition, pending_at, pending_offset)
                select name, 3, last_success_at, 100
                  from trackers;
                insert into consumer_offsets (consumer_group, topic, partition, next_offset)
                values ('stats-writer', 'tracker.snapshots', 3, 100);
                insert into node_facts (node_id, epoch, observed_at, partition)
                select id, 1, now(), 3
                  from nodes
                 where identifier <> 'unseen';
                insert into node_stats_cache (node_id, status, source, fetched_at)
                select id,
                       'healthy',
                       case when identifier = 'orphan' then 'dead' else 'alive' end,
                       now() - case identifier
                           when 'silent' then interval '4 minutes'
                           when 'orphan' then interval '1 hour'
                           else interval '1 second'
                       end
                  from nodes
                 where identifier <> 'unseen';
                """);
    }

    @Test
    void distinguishesOfflineFromStale() {
        assertThat(database.rows("""
                select identifier, status, reported_status, offline, stale
                  from current_node_stats
                 order by identifier
                """))
                .containsExactly(
                        "fresh|healthy|healthy|f|f",
                        "orphan|healthy|healthy|f|t",
                        "silent|offline|healthy|t|t",
                        "unseen|null|null|null|null");
    }

    @Test
    void nodeIsNotOfflineDuringLag() {
        database.execute("update consumer_offsets set next_offset = 99");

        assertThat(database.rows("select identifier from current_node_stats where offline"))
                .isEmpty();
    }

    @Test
    void staleLimitIsConfigurable() {
        database.execute("alter database " + database.name() + " set gonkapulse.stats_ttl = '5 minutes'");

        assertThat(database.rows("select identifier from current_node_stats where stale"))
                .containsExactly("orphan");
    }

    @Test
    void monthlySumsIncludeDeletedNodes() {
        database.execute("""
                insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, state)
                select id, day, 0.12345678, 123456784, 'settled'
                  from nodes, unnest(array['2025-01-31', '2025-02-01', '2025-02-28']::date[]) day
                 where identifier = 'gone';
                insert into earnings_history (node_id, date, earnings_gnk)
                select id, '2025-02-03', 1 from nodes where identifier = 'gone';
                """);

        assertThat(database.rows(
                        "select identifier, month, earnings_ngonka, days, settled from earnings_monthly order by 2"))
                .containsExactly("gone|2025-01-01|123456784|1|t", "gone|2025-02-01|1246913568|3|f");
    }

    @Test
    void overviewNamesUserAndNode() {
        database.execute("""
                insert into users (email, provider) values ('u@example.com', 'google');
                insert into user_nodes (user_id, node_id, label, notes)
                select users.id, nodes.id, null, 'moved to the cold aisle' from users, nodes where identifier = 'fresh';
                """);

        assertThat(database.rows("select email, identifier, label, status from user_node_overview"))
                .containsExactly("u@example.com|fresh|null|healthy");
        assertThat(database.rows("""
                select count(*) from user_nodes
                 where to_tsvector('simple', coalesce(notes, '')) @@ plainto_tsquery('simple', 'cold aisle')
                """)).containsExactly("1");
    }
}
