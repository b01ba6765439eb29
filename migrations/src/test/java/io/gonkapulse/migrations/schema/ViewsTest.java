package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
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
        database.closeIdleSessions();

        assertThat(database.rows("select identifier from current_node_stats where stale"))
                .containsExactly("orphan");
    }

    @Test
    void nodeOfEarlierEpochIsInactive() {
        database.execute("update trackers set epoch = 2 where name = 'alive'");
        database.execute("update node_stats_cache set earnings_total_ngonka = 7");

        // The tracker of "orphan" is dead, so that nobody knows about that node; "fresh" was not reported yet.
        assertThat(database.rows("""
                select identifier, status, reported_status, offline, stale, last_active_epoch, earnings_total_ngonka
                  from current_node_stats
                 order by identifier
                """))
                .containsExactly(
                        "fresh|healthy|healthy|f|f|1|7",
                        "orphan|healthy|healthy|f|t|1|7",
                        "silent|inactive|healthy|f|f|1|7",
                        "unseen|null|null|null|null|null|null");
    }

    @Test
    void settledNodeIsInactive() {
        settle("unseen", 3, "2026-03-10 03:00+00", "claimed");
        settle("unseen", 4, "2026-03-11 04:00+00", "claimed");
        database.execute(
                "insert into node_earnings (node_id, total) " + "select id, 12 from nodes where identifier = 'unseen'");
        String query =
                "select status, offline, stale, last_active_epoch, earnings_total_ngonka from current_node_stats "
                        + "where identifier = 'unseen'";

        database.execute("update trackers set epoch = 4 where name = 'alive'");
        List<String> inRunningEpoch = database.rows(query);
        database.execute("update trackers set epoch = 5 where name = 'alive'");

        assertThat(inRunningEpoch).containsExactly("null|null|null|4|12");
        assertThat(database.rows(query)).containsExactly("inactive|f|f|4|12");
    }

    @Test
    void runningEpochIsMedian() {
        assertThat(database.rows("select epoch from running_epoch")).containsExactly("null");

        database.execute("""
                update trackers set epoch = 7 where name = 'alive';
                update trackers set epoch = 1, last_success_at = now() - interval '61 minutes' where name = 'dead';
                insert into trackers (name, kind, interval_ms, last_success_at, epoch)
                values ('second', 'gonka-node', 60000, now(), 8), ('third', 'gonka-node', 60000, now(), 7);
                """);

        assertThat(database.rows("select epoch from running_epoch")).containsExactly("7");
    }

    @Test
    void claimDeadlineFollowsSettlements() {
        settle("fresh", 10, "2026-03-10 23:00:00+00", "claimed");
        List<String> ofOneEpoch = calendar();
        settle("fresh", 11, "2026-03-12 01:00:00+00", "unclaimed");
        List<String> ofTwoEpochs = calendar();
        settle("fresh", 12, "2026-03-13 02:00:01+00", "unclaimed");

        assertThat(ofOneEpoch).containsExactly("10|null|2026-03-10|13|null");
        assertThat(ofTwoEpochs)
                .containsExactly(
                        "10|null|2026-03-10|13|2026-03-13 03:00:00",
                        "11|2026-03-10 23:00:00|2026-03-12|14|2026-03-14 05:00:00");
        assertThat(calendar())
                .containsExactly(
                        "10|null|2026-03-10|13|2026-03-13 02:00:01",
                        "11|2026-03-10 23:00:00|2026-03-12|14|2026-03-14 03:30:01",
                        "12|2026-03-12 01:00:00|2026-03-13|15|2026-03-15 05:00:02");
    }

    /** Clocks of New York are put forward in the night of 8 March. */
    @Test
    void claimDeadlineIgnoresTimeZone() {
        settle("fresh", 1, "2026-03-02 12:00:00+00", "claimed");
        settle("fresh", 2, "2026-03-05 12:00:00+00", "claimed");
        settle("fresh", 3, "2026-03-07 12:00:00+00", "claimed");

        assertThat(database.rows("""
                select claim_before_at at time zone 'UTC'
                  from epoch_calendar, set_config('timezone', 'America/New_York', false)
                 where epoch = 3
                """)).containsExactly("2026-03-12 12:00:00");
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

    private List<String> calendar() {
        return database.rows("""
                select epoch, starts_at at time zone 'UTC', settled_on, claim_before_epoch,
                       claim_before_at at time zone 'UTC'
                  from epoch_calendar
                 order by epoch
                """);
    }

    private void settle(String node, long epoch, String settledAt, String claim) {
        database.execute("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, observed_at)
                select id, %d, 1, 1, 0, 0, 0, 5, '%s', false, '%s', now()
                  from nodes
                 where identifier = '%s'
                """.formatted(epoch, claim, settledAt, node));
    }
}
