-- U16: the way back of V16
-- Locks: access exclusive on node_stats_cache and earnings_history while they are rewritten (9 s per million days
--     on two busy cores)
-- Data: refused while an amount has more than 12 digits before the point. The history keeps its days; adopted days that
--     the ledger has replaced are lost
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

do $gate$
declare
    wide text;
begin
    select string_agg(distinct node.identifier, ', ' order by node.identifier)
      into wide
      from (select node_id
              from earnings_history
             where abs(earnings_gnk) >= 1000000000000
             union all
            select node_id
              from node_stats_cache
             where abs(earnings_day) >= 1000000000000
                or abs(earnings_total) >= 1000000000000) too_wide
      join nodes node on node.id = too_wide.node_id;
    if wide is not null then
        raise exception 'numeric(20, 8) holds 12 digits before the point; these nodes have amounts with more: %',
            left(wide, 2000)
            using hint = 'Nothing was changed. No tracker that tells the truth says such amounts: set right what it said'
                ' (delete these nodes, or leave its records out and rebuild), then run this again.';
    end if;
end
$gate$;

-- A view keeps the types of the columns that it shows: views on these columns, other people's too, are dropped here and
-- made again below with their owner, rights, options and comments.
create temporary table views_to_create on commit drop as
with recursive dependent as (
    select rewrite.ev_class as view,
           1 as depth
      from pg_depend dependency
      join pg_attribute attribute
        on attribute.attrelid = dependency.refobjid
       and attribute.attnum = dependency.refobjsubid
      join pg_rewrite rewrite on rewrite.oid = dependency.objid
     where dependency.classid = 'pg_rewrite'::regclass
       and dependency.refclassid = 'pg_class'::regclass
       and (dependency.refobjid, attribute.attname) in (
           ('node_stats_cache'::regclass, 'earnings_day'),
           ('node_stats_cache'::regclass, 'earnings_total'),
           ('earnings_history'::regclass, 'earnings_gnk'))
     union
    select rewrite.ev_class,
           dependent.depth + 1
      from dependent
      join pg_depend dependency
        on dependency.refobjid = dependent.view
       and dependency.refclassid = 'pg_class'::regclass
       and dependency.classid = 'pg_rewrite'::regclass
      join pg_rewrite rewrite on rewrite.oid = dependency.objid
     where rewrite.ev_class <> dependent.view
)
select format('%I.%I', namespace.nspname, class.relname) as name,
       max(dependent.depth) as depth,
       class.relkind as kind,
       class.relowner as owner,
       class.relacl as rights,
       class.reloptions as options,
       pg_get_viewdef(class.oid) as definition,
       array(
           select format(
                      'comment on %s %I.%I%s is %L',
                      case when description.objsubid = 0 then 'view' else 'column' end,
                      namespace.nspname,
                      class.relname,
                      '.' || quote_ident(attribute.attname),
                      description.description)
             from pg_description description
             left join pg_attribute attribute
               on attribute.attrelid = class.oid
              and attribute.attnum = description.objsubid
              and description.objsubid > 0
            where description.classoid = 'pg_class'::regclass
              and description.objoid = class.oid) as comments,
       array(
           select format(
                      'grant %s (%I) on %I.%I to %s%s',
                      right_of_column.privilege_type,
                      attribute.attname,
                      namespace.nspname,
                      class.relname,
                      case when grantee = 0 then 'public' else grantee::regrole::text end,
                      case when is_grantable then ' with grant option' else '' end)
             from pg_attribute attribute
            cross join aclexplode(attribute.attacl) right_of_column
            where attribute.attrelid = class.oid) as column_rights
  from dependent
  join pg_class class on class.oid = dependent.view
  join pg_namespace namespace on namespace.oid = class.relnamespace
 group by class.oid, class.relname, class.relkind, class.relowner, class.relacl, class.reloptions, namespace.nspname;

do $drop$
declare
    refused text;
    before record;
begin
    select string_agg(name, ', ' order by name)
      into refused
      from views_to_create
     where kind <> 'v'
        or exists (
           select
             from pg_trigger
            where tgrelid = name::regclass)
        or exists (
           select
             from pg_rewrite
            where ev_class = name::regclass
              and rulename <> '_RETURN');
    if refused is not null then
        raise exception 'Materialized views, and views with triggers or rules, stand on columns that get another type: %',
            refused
            using hint = 'Nothing was changed. Drop them, run this again, then make them again.';
    end if;
    for before in
        select *
          from views_to_create
         order by depth desc, name
    loop
        execute format('drop view %s', before.name);
    end loop;
end
$drop$;

alter table node_stats_cache
    alter column earnings_day type numeric(20, 8),
    alter column earnings_total type numeric(20, 8);

alter table earnings_history
    alter column earnings_gnk type numeric(20, 8);

do $create$
declare
    before record;
    other record;
    command text;
begin
    for before in
        select *
          from views_to_create
         order by depth, name
    loop
        execute format('create view %s%s as %s', before.name,
            ' with (' || array_to_string(before.options, ', ') || ')', before.definition);
        execute format('alter view %s owner to %s', before.name, before.owner::regrole);
        for other in
            select distinct grantee::regrole::text as grantee
              from pg_class, aclexplode(relacl)
             where oid = before.name::regclass
               and grantee not in (0, relowner)
        loop
            execute format('revoke all on %s from %s', before.name, other.grantee);
        end loop;
        for other in
            select privilege_type as name,
                   case when grantee = 0 then 'public' else grantee::regrole::text end as grantee,
                   case when is_grantable then ' with grant option' else '' end as more
              from aclexplode(before.rights)
             where grantee <> before.owner
        loop
            execute format('grant %s on %s to %s%s', other.name, before.name, other.grantee, other.more);
        end loop;
        foreach command in array before.column_rights || before.comments loop
            execute command;
        end loop;
    end loop;
end
$create$;

alter table node_earnings
    drop column ledger_from;

drop table adopted_earnings;

comment on column node_earnings.total is 'ngonka of all rows of earnings_history that were rolled up here';

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

    grant update (earnings_date, earnings_day, earnings_total, jobs_day) on node_stats_cache
        to gonkapulse_earnings_aggregator;
    grant select, insert, update on node_earnings to gonkapulse_earnings_aggregator;
    grant select, insert, update, delete on earnings_ledger, epoch_settlements, earnings_history, earnings_daily
        to gonkapulse_earnings_aggregator;
end
$body$;

do $rights$
begin
    if to_regrole('gonkapulse_earnings_aggregator') is not null then
        revoke select on trackers from gonkapulse_earnings_aggregator;
    end if;
end
$rights$;
