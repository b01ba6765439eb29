-- V14: a group role for each service that writes: gonkapulse_stats_writer, gonkapulse_earnings_aggregator
-- Locks: row locks in the catalog, for milliseconds
-- Way back: takes the rights away in this database; a role goes too, unless another database or a login needs it
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

-- A procedure, because an administrator who makes the roles later calls it then.
create procedure grant_gonkapulse_service_rights()
language plpgsql
as $body$
begin
    execute format('grant connect on database %I to gonkapulse_stats_writer, gonkapulse_earnings_aggregator',
        current_database());
    -- A rebuild is made in temporary tables.
    execute format('grant temporary on database %I to gonkapulse_earnings_aggregator', current_database());
    grant usage on schema public to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;

    -- What both use, each in its own rows or columns.
    grant select on flyway_schema_history to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant select, insert, update on consumer_offsets to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant select on nodes, node_stats_cache to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;
    grant insert (id, identifier, identifier_type) on nodes
        to gonkapulse_stats_writer, gonkapulse_earnings_aggregator;

    grant update (display_name, gpu_type) on nodes to gonkapulse_stats_writer;
    grant insert (node_id, status, tokens_per_sec, active_model, voting_weight, source, fetched_at),
        update (status, uptime_percent, tokens_per_sec, active_model, voting_weight, source, fetched_at)
        on node_stats_cache to gonkapulse_stats_writer;
    grant select, insert, update on node_facts, trackers, tracker_coverage to gonkapulse_stats_writer;
    grant select, insert, update, delete on node_health_hourly to gonkapulse_stats_writer;
    grant select, insert, delete on tracker_polls to gonkapulse_stats_writer;

    grant update (earnings_day, earnings_total, jobs_day) on node_stats_cache to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily
        to gonkapulse_earnings_aggregator;
end
$body$;

comment on procedure grant_gonkapulse_service_rights() is
    'Gives gonkapulse_stats_writer and gonkapulse_earnings_aggregator their rights; safe to call again';
revoke execute on procedure grant_gonkapulse_service_rights() from public;

do $roles$
declare
    role text;
begin
    foreach role in array array['gonkapulse_stats_writer', 'gonkapulse_earnings_aggregator'] loop
        begin
            if to_regrole(role) is null then
                execute format('create role %I nologin', role);
            end if;
        exception
            when duplicate_object or unique_violation then
                raise notice 'Role % was just made by another database of this server', role;
        end;
    end loop;
    call grant_gonkapulse_service_rights();
exception
    when insufficient_privilege then
        raise warning 'Went on without the roles of services (%). An administrator can add them at any time: %', sqlerrm,
            'create role gonkapulse_stats_writer nologin; create role gonkapulse_earnings_aggregator nologin; '
            'and then, in database ' || quote_ident(current_database())
            || ': call public.grant_gonkapulse_service_rights();';
end
$roles$;
