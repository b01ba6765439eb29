-- V22: the rank of a node in each settled epoch
-- Locks: share row exclusive on epoch_settlements while its settlements are ranked (seconds per million rows)
-- Way back: all of it follows from epoch_settlements
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

-- Its index has the rank, so that the epochs of a node are one walk of it. No foreign key: a node that is deleted takes
-- its settlements along, and they take their ranks.
create table settlement_ranks (
    node_id uuid not null,
    epoch bigint not null,
    rank integer not null,
    constraint settlement_ranks_pkey primary key (node_id, epoch) include (rank),
    constraint chk_settlement_rank_positive check (rank > 0)
);

create table unranked_epochs (
    epoch bigint not null,
    changed_at timestamptz not null,
    constraint unranked_epochs_pkey primary key (epoch)
) with (fillfactor = 50);

-- One settlement can change every rank of its epoch, and an epoch is settled in many statements. So a statement only
-- notes the epoch, and the aggregator ranks it soon. The note stays locked until the settlements are visible.
create function note_unranked_epochs()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
declare
    changed_epochs bigint[];
begin
    if tg_op = 'TRUNCATE' then
        delete from public.unranked_epochs;
        delete from public.settlement_ranks;
        return null;
    end if;
    if tg_op = 'INSERT' then
        select array_agg(distinct epoch)
          into changed_epochs
          from added;
    elsif tg_op = 'DELETE' then
        select array_agg(distinct epoch)
          into changed_epochs
          from gone;
    else
        -- A claim changes no rank.
        select array_agg(distinct epoch)
          into changed_epochs
          from added
          full join gone using (node_id, epoch)
         where added.rewarded is distinct from gone.rewarded;
    end if;
    if changed_epochs is null then
        return null;
    end if;
    insert into public.unranked_epochs as noted (epoch, changed_at)
    select epoch, now()
      from unnest(changed_epochs) as changed (epoch)
     order by epoch
        on conflict (epoch) do update
       set changed_at = excluded.changed_at;
    if tg_op <> 'INSERT' then
        delete from public.settlement_ranks kept
         using gone
         where kept.node_id = gone.node_id
           and kept.epoch = gone.epoch
           and not exists (
               select
                 from public.epoch_settlements settled
                where settled.node_id = gone.node_id
                  and settled.epoch = gone.epoch);
    end if;
    return null;
end
$body$;

create trigger trg_unranked_epochs_of_inserted
    after insert on epoch_settlements
    referencing new table as added
    for each statement execute function note_unranked_epochs();

create trigger trg_unranked_epochs_of_updated
    after update on epoch_settlements
    referencing old table as gone new table as added
    for each statement execute function note_unranked_epochs();

create trigger trg_unranked_epochs_of_deleted
    after delete on epoch_settlements
    referencing old table as gone
    for each statement execute function note_unranked_epochs();

create trigger trg_unranked_epochs_of_truncated
    after truncate on epoch_settlements
    for each statement execute function note_unranked_epochs();

insert into settlement_ranks (node_id, epoch, rank)
select node_id,
       epoch,
       rank() over (partition by epoch order by rewarded desc)
  from epoch_settlements
 order by node_id, epoch;

analyze settlement_ranks;

comment on table settlement_ranks is
    'Place of each settlement by its reward among those of the epoch; written by the aggregator, verified';
comment on column settlement_ranks.node_id is 'The node';
comment on column settlement_ranks.epoch is 'The epoch';
comment on column settlement_ranks.rank is '1 for the largest reward; equal rewards share a place';
comment on index settlement_ranks_pkey is 'Ranks of a node: the API''s epochs of a node';

comment on table unranked_epochs is
    'Epochs whose rewards changed after they were ranked; triggers add them, the aggregator ranks and removes them';
comment on column unranked_epochs.epoch is 'The epoch';
comment on column unranked_epochs.changed_at is 'When a reward of the epoch last changed';
comment on index unranked_epochs_pkey is 'The newest of them: the aggregator; whether an epoch is among them: the API';

comment on function note_unranked_epochs() is
    'Adds epochs whose rewards changed to unranked_epochs, and deletes the ranks of deleted settlements';

-- Tables of later steps are named, too: the roles may be made long after them.
create or replace procedure grant_gonkapulse_rights()
language plpgsql
as $body$
declare
    written constant text[] := array['nodes', 'node_stats_cache', 'earnings_history', 'earnings_ledger',
        'epoch_settlements', 'consumer_offsets', 'node_health_hourly', 'node_facts', 'trackers', 'tracker_polls',
        'node_earnings', 'tracker_coverage', 'earnings_daily', 'adopted_earnings', 'node_earning_days',
        'earning_node_counts', 'node_daily', 'network_daily', 'epoch_totals', 'reward_daily', 'settlement_ranks',
        'unranked_epochs'];
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
        node_earning_days, earning_node_counts, epoch_totals, reward_daily, settlement_ranks
        to gonkapulse_earnings_aggregator;
    -- Only triggers insert.
    grant select, update, delete on unranked_epochs to gonkapulse_earnings_aggregator;
end
$body$;

do $rights$
begin
    if to_regrole('gonkapulse_owner') is not null then
        grant all on settlement_ranks, unranked_epochs to gonkapulse_owner;
    end if;
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on settlement_ranks, unranked_epochs to gonkapulse_writer;
    end if;
    if to_regrole('gonkapulse_reader') is not null then
        grant select on settlement_ranks, unranked_epochs to gonkapulse_reader;
    end if;
    if to_regrole('gonkapulse_earnings_aggregator') is not null then
        grant select, insert, update, delete on settlement_ranks to gonkapulse_earnings_aggregator;
        grant select, update, delete on unranked_epochs to gonkapulse_earnings_aggregator;
    end if;
end
$rights$;
