-- U22: the way back of V22
-- Locks: access exclusive on epoch_settlements for milliseconds
-- Data: nothing is lost: ranks follow from epoch_settlements
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop trigger trg_unranked_epochs_of_truncated on epoch_settlements;
drop trigger trg_unranked_epochs_of_deleted on epoch_settlements;
drop trigger trg_unranked_epochs_of_updated on epoch_settlements;
drop trigger trg_unranked_epochs_of_inserted on epoch_settlements;
drop function note_unranked_epochs();
drop table unranked_epochs;
drop table settlement_ranks;

-- Tables of later steps are named, too: the roles may be made long after them.
create or replace procedure grant_gonkapulse_rights()
language plpgsql
as $body$
declare
    written constant text[] := array['nodes', 'node_stats_cache', 'earnings_history', 'earnings_ledger',
        'epoch_settlements', 'consumer_offsets', 'node_health_hourly', 'node_facts', 'trackers', 'tracker_polls',
        'node_earnings', 'tracker_coverage', 'earnings_daily', 'adopted_earnings', 'node_earning_days',
        'earning_node_counts', 'node_daily', 'network_daily', 'epoch_totals', 'reward_daily'];
    guarded constant text[] := array['users', 'user_nodes', 'node_requests', 'user_node_origins'];
    views constant text[] := array['current_node_stats', 'user_node_overview', 'earnings_monthly', 'running_epoch',
        'epoch_calendar'];
    records constant text[] := array['flyway_schema_history', 'migration_steps'];
    migrator name;
    name text;
begin
    foreach name in array array['gonkapulse_owner', 'gonkapulse_writer', 'gonkapulse_reader'] loop
        if to_regrole(name) is null then
            raise undefined_object using message = format('Role %s is missing: create role %s nologin', name, name);
        end if;
    end loop;
    select pg_get_userbyid(relowner)
      into migrator
      from pg_class
     where oid = 'public.flyway_schema_history'::regclass;

    execute format('grant connect on database %I to gonkapulse_reader', current_database());
    grant usage on schema public to gonkapulse_reader;
    foreach name in array written || views || array['user_nodes', 'node_requests', 'flyway_schema_history'] loop
        execute format('grant select on public.%I to gonkapulse_reader', name);
    end loop;
    -- Not the hashes of passwords, nor the accounts elsewhere.
    grant select (id, email, name, role, provider, is_active, created_at, updated_at,
        telegram, discord, currency_preference) on public.users to gonkapulse_reader;

    execute format('grant connect, temporary on database %I to gonkapulse_writer', current_database());
    grant usage on schema public to gonkapulse_writer;
    foreach name in array written loop
        execute format('grant select, insert, update on public.%I to gonkapulse_writer', name);
    end loop;
    -- A node goes softly, so that its earnings stay.
    foreach name in array array_remove(written, 'nodes') loop
        execute format('grant delete on public.%I to gonkapulse_writer', name);
    end loop;
    grant select on public.current_node_stats, public.earnings_monthly, public.running_epoch, public.epoch_calendar,
        public.flyway_schema_history
        to gonkapulse_writer;

    execute format('grant connect, create, temporary on database %I to gonkapulse_owner', current_database());
    grant usage, create on schema public to gonkapulse_owner;
    foreach name in array written || guarded || views || records loop
        if to_regclass('public.' || name) is not null then
            execute format('grant all on public.%I to gonkapulse_owner', name);
        end if;
    end loop;
    if not pg_has_role(migrator, 'gonkapulse_owner', 'usage') then
        execute format('grant gonkapulse_owner to %I', migrator);
    end if;
    -- Tables of somebody else, as the portal's own login in an adopted database, stay with their owner.
    for name in
        select relname
          from pg_class
         where relnamespace = 'public'::regnamespace
           and relname = any (written || guarded || views)
           and relowner = migrator::regrole
         order by relkind, relname
    loop
        execute format('alter table public.%I owner to gonkapulse_owner', name);
    end loop;

    foreach name in array array[migrator, 'gonkapulse_owner'] loop
        execute format(
            'alter default privileges for role %I in schema public grant select on tables to gonkapulse_reader', name);
    end loop;
    execute format(
        'alter default privileges for role %I in schema public grant all on tables to gonkapulse_owner', migrator);
end
$body$;

create or replace procedure grant_gonkapulse_service_rights()
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
    grant select, insert, update on node_daily, network_daily to gonkapulse_stats_writer;
    grant select on running_epoch to gonkapulse_stats_writer;
    grant select (node_id, date, inferences) on earnings_history to gonkapulse_stats_writer;
    grant select (date, days) on earnings_daily to gonkapulse_stats_writer;

    grant update (earnings_date, earnings_day, earnings_day_ngonka, earnings_total, earnings_total_ngonka, jobs_day)
        on node_stats_cache to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert on adopted_earnings to gonkapulse_earnings_aggregator;
    grant select on trackers to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily,
        node_earning_days, earning_node_counts, epoch_totals, reward_daily
        to gonkapulse_earnings_aggregator;
end
$body$;
