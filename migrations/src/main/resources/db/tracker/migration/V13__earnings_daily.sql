-- V13: earnings of each day over all nodes, kept beside the history, so that a year of a large network is read at once
-- Locks: share row exclusive on earnings_history while its days are added up (about 1 s per million rows)
-- Way back: drops the table and the triggers that fill it; nothing is lost, it follows from the history
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

create table earnings_daily (
    date date not null,
    source varchar(50) not null,
    earnings_ngonka numeric(38, 0) not null,
    days bigint not null,
    earning_days bigint not null,
    provisional_days bigint not null,
    constraint earnings_daily_pkey primary key (date, source)
) with (fillfactor = 50);

-- Triggers, because whoever changes the history must change this, too: the aggregator, a rebuild, the portal, a person.
-- With the rights of its owner: who may write the history need not have a right to this table.
create function follow_earnings_history()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $body$
begin
    if tg_op = 'TRUNCATE' then
        delete from public.earnings_daily;
        return null;
    end if;
    -- One writer after the other until the end of its transaction: two could meet on two days in opposite order.
    perform pg_advisory_xact_lock(7320519823364102);
    if tg_op = 'INSERT' then
        insert into public.earnings_daily as daily
               (date, source, earnings_ngonka, days, earning_days, provisional_days)
        select changed.date,
               coalesce(changed.source, ''),
               sum(changed.sign * coalesce(changed.earnings_ngonka, changed.earnings_gnk * 1000000000)),
               sum(changed.sign),
               coalesce(sum(changed.sign) filter (
                   where coalesce(changed.earnings_ngonka, changed.earnings_gnk) <> 0), 0),
               coalesce(sum(changed.sign) filter (where changed.state <> 'settled'), 0)
          from (select 1 as sign, *
                  from added) changed
         group by 1, 2
         order by 1, 2
            on conflict (date, source) do update
           set earnings_ngonka = daily.earnings_ngonka + excluded.earnings_ngonka,
               days = daily.days + excluded.days,
               earning_days = daily.earning_days + excluded.earning_days,
               provisional_days = daily.provisional_days + excluded.provisional_days;
    elsif tg_op = 'DELETE' then
        insert into public.earnings_daily as daily
               (date, source, earnings_ngonka, days, earning_days, provisional_days)
        select changed.date,
               coalesce(changed.source, ''),
               sum(changed.sign * coalesce(changed.earnings_ngonka, changed.earnings_gnk * 1000000000)),
               sum(changed.sign),
               coalesce(sum(changed.sign) filter (
                   where coalesce(changed.earnings_ngonka, changed.earnings_gnk) <> 0), 0),
               coalesce(sum(changed.sign) filter (where changed.state <> 'settled'), 0)
          from (select -1 as sign, *
                  from gone) changed
         group by 1, 2
         order by 1, 2
            on conflict (date, source) do update
           set earnings_ngonka = daily.earnings_ngonka + excluded.earnings_ngonka,
               days = daily.days + excluded.days,
               earning_days = daily.earning_days + excluded.earning_days,
               provisional_days = daily.provisional_days + excluded.provisional_days;
    else
        insert into public.earnings_daily as daily
               (date, source, earnings_ngonka, days, earning_days, provisional_days)
        select changed.date,
               coalesce(changed.source, ''),
               sum(changed.sign * coalesce(changed.earnings_ngonka, changed.earnings_gnk * 1000000000)),
               sum(changed.sign),
               coalesce(sum(changed.sign) filter (
                   where coalesce(changed.earnings_ngonka, changed.earnings_gnk) <> 0), 0),
               coalesce(sum(changed.sign) filter (where changed.state <> 'settled'), 0)
          from (select 1 as sign, *
                  from added
                 union all
                select -1 as sign, *
                  from gone) changed
         group by 1, 2
         order by 1, 2
            on conflict (date, source) do update
           set earnings_ngonka = daily.earnings_ngonka + excluded.earnings_ngonka,
               days = daily.days + excluded.days,
               earning_days = daily.earning_days + excluded.earning_days,
               provisional_days = daily.provisional_days + excluded.provisional_days;
    end if;
    return null;
end
$body$;

create trigger trg_daily_of_inserted
    after insert on earnings_history
    referencing new table as added
    for each statement execute function follow_earnings_history();

create trigger trg_daily_of_updated
    after update on earnings_history
    referencing old table as gone new table as added
    for each statement execute function follow_earnings_history();

create trigger trg_daily_of_deleted
    after delete on earnings_history
    referencing old table as gone
    for each statement execute function follow_earnings_history();

create trigger trg_daily_of_truncated
    after truncate on earnings_history
    for each statement execute function follow_earnings_history();

insert into earnings_daily (date, source, earnings_ngonka, days, earning_days, provisional_days)
select date,
       coalesce(source, ''),
       sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)),
       count(*),
       count(*) filter (where coalesce(earnings_ngonka, earnings_gnk) <> 0),
       count(*) filter (where state <> 'settled')
  from earnings_history
 group by 1, 2
 order by 1, 2;

comment on function follow_earnings_history() is 'Keeps earnings_daily at the sum of earnings_history';
comment on table earnings_daily is
    'earnings_history added up over all nodes, by day and source; kept by triggers, verified by the aggregator';
comment on column earnings_daily.date is 'UTC day';
comment on column earnings_daily.source is 'Source of the rows that were added up; empty for those without one';
comment on column earnings_daily.earnings_ngonka is 'Sum of the rows, exact';
comment on column earnings_daily.days is 'How many rows were added up; 0 where all have gone';
comment on column earnings_daily.earning_days is 'How many of them are of a node that earned something';
comment on column earnings_daily.provisional_days is 'How many of them are not settled yet';
comment on index earnings_daily_pkey is 'Days of a range over all nodes: the API''s network earnings';

-- Tables of later steps are named, too: the roles may be made long after them.
create or replace procedure grant_gonkapulse_rights()
language plpgsql
as $body$
declare
    written constant text[] := array['nodes', 'node_stats_cache', 'earnings_history', 'earnings_ledger',
        'epoch_settlements', 'consumer_offsets', 'node_health_hourly', 'node_facts', 'trackers', 'tracker_polls',
        'node_earnings', 'tracker_coverage', 'earnings_daily'];
    guarded constant text[] := array['users', 'user_nodes', 'node_requests', 'user_node_origins'];
    views constant text[] := array['current_node_stats', 'user_node_overview', 'earnings_monthly'];
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
    grant select on public.current_node_stats, public.earnings_monthly, public.flyway_schema_history
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

do $rights$
begin
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on earnings_daily to gonkapulse_writer;
    end if;
    if to_regrole('gonkapulse_reader') is not null then
        grant select on earnings_daily to gonkapulse_reader;
    end if;
end
$rights$;
