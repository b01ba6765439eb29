package io.gonkapulse.apiclients;

import io.gonkapulse.apigateway.ApiGatewayConfiguration;
import io.gonkapulse.migrations.MigrationsApplication;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The gateway on a free port, with the sample data of {@code migrations.jar seed} and one node of each kind more. */
final class RunningGateway implements AutoCloseable {

    /** A node of the sample data with stats, earnings, health and settlements. */
    static final String NODE = "gonka1seed01";

    /** A node of which nothing was ever reported. */
    static final String SILENT_NODE = "gonka1silent";

    /** What the sample data lack: settlements, health, history, and a node without data. */
    private static final String MORE_DATA = """
            insert into nodes (identifier, identifier_type) values ('gonka1silent', 'wallet');

            update trackers set epoch = 201;

            update earnings_history set inferences = 340;

            insert into node_facts (node_id, epoch, observed_at, gpu_count, inferences, missed, validated, invalidated)
            select node_id, 201, now(), 8, 340, 3, 300, 2 from node_stats_cache;

            insert into epoch_settlements
                   (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                    settled_at, settled_height, forfeited_at, source, observed_at)
            select id, 195 + number, 3805, 1106, 1, 1072, 8, 2251000000001,
                   (array['claimed', 'forfeited', 'claimed', 'unclaimed', 'unclaimed'])[number], false,
                   now() - (6 - number) * interval '1 day', 3900000 + number * 15391,
                   case when number = 2 then now() - interval '2 days' end, 'seed-tracker', now()
              from nodes, generate_series(1, 5) number
             where identifier in ('gonka1seed01', 'gonka1seed02');

            insert into node_health_hourly (node_id, hour, seen, unhealthy, jailed)
            select id, date_trunc('hour', now(), 'UTC') - interval '1 hour', 15, 4, 8
              from nodes
             where identifier = 'gonka1seed01';

            insert into node_daily (node_id, day, epoch, weight)
            select id, (now() at time zone 'UTC')::date - number, 201 - number, 1000 + number
              from nodes, generate_series(0, 5) number
             where identifier = 'gonka1seed01';

            insert into network_daily (day, participants, weight, inferences, seen_minutes, healthy_minutes)
            select (now() at time zone 'UTC')::date - number, 12, 12000, 4080, 17280, 17000
              from generate_series(0, 5) number
            """;

    static final String JOB = "019ad5a1-0c7e-7b3e-9d35-0c0b6f3e9a10";

    /** A finished job with a stage, after three earlier ones, so that it has an expected end. */
    private static final String JOBS = """
            insert into audit.jobs (job_id, bot_id, first_time, accepted_at, started_at, running, outcome, outcome_key,
                   outcome_at, elapsed_ms, meta, created_by_name, succeeded)
            select case when number = 0 then '019ad5a1-0c7e-7b3e-9d35-0c0b6f3e9a10' else gen_random_uuid() end,
                   'nightly-backup', at, at, at, true, 'succeeded', '\\x00', at + interval '1 minute', 60000,
                   '{"database": "orders"}', 'ops', row('\\x00'::bytea, at + interval '1 minute', 'host')::audit.job_claim
              from generate_series(0, 3) number
             cross join lateral (select date_trunc('second', now()) - (1 + number) * interval '2 minutes' as at) times;

            insert into audit.job_stages (job_id, attempt, stage_no, bot_id, stage_name, started_at, end_key, ended_at,
                   status, reported_ms)
            select job_id, 1, 1, bot_id, 'dump', started_at, '\\x00', finished_at, 'succeed', run_ms
              from audit.jobs
             where job_id = '019ad5a1-0c7e-7b3e-9d35-0c0b6f3e9a10'
            """;

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Creates the schema and the data. The database must be empty. */
    static RunningGateway start(TestDatabase database) {
        runMigrations(database, "migrate");
        runMigrations(database, "seed");
        runMigrations(database, "migrate", "--module", "audit");
        new JdbcTemplate(database.dataSource()).execute(MORE_DATA);
        new JdbcTemplate(database.dataSource()).execute(JOBS);
        return new RunningGateway(new SpringApplicationBuilder(ApiGatewayConfiguration.class)
                .registerShutdownHook(false)
                .run(
                        "--spring.config.name=api-gateway",
                        "--server.port=0",
                        "--gateway.public=trackers,jobs",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username="
                                + database.withRole("gonkapulse_reader").username(),
                        "--spring.datasource.password=" + database.password()));
    }

    private static void runMigrations(TestDatabase database, String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exitCode = new MigrationsApplication(writer, writer)
                .run(
                        List.of(arguments),
                        Map.of(),
                        Map.of(
                                "DB_HOST", database.host(),
                                "DB_PORT", String.valueOf(database.port()),
                                "DB_DATABASE", database.name(),
                                "DB_USERNAME", database.username(),
                                "DB_PASSWORD", database.password()));
        if (exitCode != 0) {
            throw new IllegalStateException(
                    "migrations " + String.join(" ", arguments) + " ended with " + exitCode + ": " + output);
        }
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** The body of a response with status 200. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(URI.create(url() + path)).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    "GET " + path + ": expected 200, got " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        context.close();
    }
}
