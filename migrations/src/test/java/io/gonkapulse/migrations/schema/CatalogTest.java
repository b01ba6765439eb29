package io.gonkapulse.migrations.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.TestServers;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of the final schema that other programs rely on. */
@Tag("process")
class CatalogTest {

    private static final PostgresDatabase DATABASE = TestServers.embedded().migratedDatabase();

    private static final PostgresDatabase AUDIT = TestServers.embedded().auditDatabase();

    /** Partitions are like their table. */
    @ParameterizedTest
    @ValueSource(strings = {"public", "audit"})
    void everyObjectHasComment(String schema) {
        PostgresDatabase database = database(schema);

        assertThat(database.rows("""
                select relname || coalesce('.' || attname, '')
                  from pg_class relation
                  left join pg_attribute
                    on attrelid = oid and attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v')
                 where relnamespace = '%s'::regnamespace
                   and relkind in ('r', 'p', 'v', 'i', 'I')
                   and not relispartition
                   and relname not like 'flyway%%'
                   and col_description(oid, coalesce(attnum, 0)) is null
                   and obj_description(oid, case when attnum is null then 'pg_class' else 'none' end) is null
                """.formatted(schema))).isEmpty();
        assertThat(database.rows("""
                select relname
                  from pg_class
                 where relnamespace = '%s'::regnamespace
                   and relkind in ('r', 'p', 'v', 'i', 'I')
                   and not relispartition
                   and relname not like 'flyway%%'
                   and obj_description(oid, 'pg_class') is null
                """.formatted(schema))).isEmpty();
    }

    private static PostgresDatabase database(String schema) {
        return schema.equals("audit") ? AUDIT : DATABASE;
    }

    /** The one exception is an index whose name is part of the contract. */
    @ParameterizedTest
    @CsvSource({"public, idx_user_nodes_user_id", "audit,"})
    void noIndexIsPrefixOfAnother(String schema, @Nullable String exception) {
        assertThat(database(schema).rows("""
                select shorter.indexrelid::regclass
                  from pg_index shorter
                  join pg_index longer
                    on longer.indrelid = shorter.indrelid
                   and longer.indexrelid <> shorter.indexrelid
                   and longer.indpred is null
                   and shorter.indpred is null
                   and longer.indkey::text || ' ' like shorter.indkey::text || ' %%'
                  join pg_class relation on relation.oid = shorter.indrelid
                 where relation.relnamespace = '%s'::regnamespace
                   and shorter.indexprs is null
                """.formatted(schema)))
                .isEqualTo(exception == null ? List.of() : List.of(exception));
    }

    /** Otherwise every poll would add an entry to each index of the table for each changed row. */
    @Test
    void noIndexOnVolatileColumns() {
        assertThat(DATABASE.rows("""
                select attname
                  from pg_index
                  join pg_attribute on attrelid = indrelid and attnum = any (indkey)
                 where indrelid in ('node_stats_cache'::regclass, 'node_facts'::regclass)
                 group by attname
                 order by attname
                """)).containsExactly("node_id", "status");
    }

    @Test
    void contractTablesHaveTheirColumns() {
        assertThat(columns("nodes"))
                .isEqualTo("id uuid, identifier character varying(255), identifier_type character varying(50), "
                        + "display_name character varying(100), gpu_type character varying(50), region character varying(100), "
                        + "gcore_instance_id character varying(255), created_at timestamp with time zone, "
                        + "deleted_at timestamp with time zone");
        assertThat(columns("node_stats_cache"))
                .isEqualTo("node_id uuid, status character varying(50), earnings_day numeric(38,8), "
                        + "earnings_total numeric(38,8), uptime_percent numeric(5,2), tokens_per_sec numeric(10,2), "
                        + "jobs_day integer, active_model character varying(255), voting_weight numeric(20,8), "
                        + "source character varying(50), fetched_at timestamp with time zone, earnings_date date, "
                        + "earnings_day_ngonka numeric(38,0), earnings_total_ngonka numeric(38,0)");
        assertThat(columns("earnings_history"))
                .isEqualTo(
                        "id uuid, node_id uuid, date date, earnings_gnk numeric(38,8), source character varying(50), "
                                + "created_at timestamp with time zone, earnings_ngonka numeric(38,0), "
                                + "state character varying(20), updated_at timestamp with time zone, inferences bigint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "audit"})
    void timesHaveTimeZone(String schema) {
        assertThat(database(schema).rows("""
                select table_name || '.' || column_name
                  from information_schema.columns
                 where table_schema = '%s'
                   and data_type = 'timestamp without time zone'
                """.formatted(schema))).containsExactly("flyway_schema_history.installed_on");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "insert into users (email) values ('a@b'); chk_users_local_password",
                "insert into nodes (identifier, identifier_type) values ('x', 'robot'); chk_identifier_type",
                "insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka) "
                        + "select id, '2025-01-01', 1, 2 from nodes; chk_earnings_gnk_of_ngonka",
                "insert into earnings_history (node_id, date, earnings_gnk, state) "
                        + "select id, '2025-01-01', 1, 'maybe' from nodes; chk_earnings_state",
                "insert into node_health_hourly (node_id, hour) select id, '2025-01-01 00:30+00' from nodes; "
                        + "chk_health_whole_hour",
                "insert into node_health_hourly (node_id, hour, seen) select id, '2025-01-01 00:00+00', 1::bigint << 60 from nodes; "
                        + "chk_health_sixty_bits",
                "insert into earnings_ledger (node_id, epoch, day, earned, observed_at) "
                        + "select id, 1, '2025-01-01', -1, now() from nodes; chk_ledger_not_negative",
                "insert into node_daily (node_id, day, epoch, weight) select id, '2025-01-01', 1, -1 from nodes; "
                        + "chk_node_daily_not_negative",
                "insert into settlement_ranks (node_id, epoch, rank) select id, 1, 0 from nodes; "
                        + "chk_settlement_rank_positive",
                "insert into epoch_settlements values "
                        + "('00000000-0000-4000-8000-000000000000', 1, 0, 0, 0, 0, 0, 0, 'forfeited', false, now()); not-null"
            })
    void constraintsRejectInvalidRows(String statement, String constraint) {
        DATABASE.execute(
                "insert into nodes (identifier, identifier_type) values ('n', 'node_id') on conflict do nothing");

        assertThatThrownBy(() -> DATABASE.execute(statement)).hasMessageContaining(constraint);
    }

    @Test
    void historyTableMatchesFlyway() {
        PostgresDatabase flyways = TestServers.embedded().freshDatabase();
        Flyway.configure()
                .dataSource("jdbc:postgresql://127.0.0.1:" + flyways.port() + "/" + flyways.name(), "postgres", "")
                .locations("classpath:db/tracker/migration")
                .target("1")
                .load()
                .migrate();

        assertThat(historyOf(DATABASE)).isEqualTo(historyOf(flyways));
    }

    private static List<String> historyOf(PostgresDatabase database) {
        return database.rows("""
                select column_name, data_type, character_maximum_length, is_nullable, column_default
                  from information_schema.columns
                 where table_name = 'flyway_schema_history'
                 union all
                select indexdef, null, null, null, null
                  from pg_indexes
                 where tablename = 'flyway_schema_history'
                 order by 1
                """);
    }

    private static String columns(String table) {
        return DATABASE.value(
                "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) "
                        + "from pg_attribute where attrelid = '" + table
                        + "'::regclass and attnum > 0 and not attisdropped");
    }
}
