-- Last part of adopt --undo: restores tables and rows as they were, and compares the schema.
-- Lock timeout: 5s
-- Statement timeout: 30min

create or replace function pg_temp.restore_type(type_name text, owner_name text, labels text[])
returns void
language plpgsql
as $body$
begin
    if to_regtype(quote_ident(type_name)) is null then
        execute format('create type %I as enum (%s)', type_name,
            (select string_agg(quote_literal(label), ', ' order by place)
               from unnest(labels) with ordinality as wanted (label, place)));
        execute format('alter type %I owner to %I', type_name, owner_name);
    end if;
end
$body$;

create or replace function pg_temp.restore_rows(table_name text)
returns void
language plpgsql
as $body$
declare
    names text;
    conversions text;
begin
    select string_agg(format('%I', attname), ', ' order by attnum),
           string_agg(format('%I::%s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
      into names, conversions
      from pg_attribute
     where attrelid = table_name::regclass
       and attnum > 0
       and not attisdropped
       and attgenerated = '';
    execute format('insert into %1$I (%2$s) overriding system value select %3$s from gonkapulse_adoption.%1$I',
        table_name, names, conversions);
end
$body$;

do $return$
declare
    names text;
    thing record;
    differences bigint;
begin
    select string_agg(adopted::text, ', ')
      into names
      from pg_temp.adopted_tables() adopted;
    execute 'drop table ' || names;

    for thing in
        select type.typname as name
          from pg_type type
         where typnamespace = current_schema()::regnamespace
           and typtype = 'e'
           and (typname in ('users_role_enum', 'users_provider_enum', 'node_requests_gpu_type_enum', 'node_requests_status_enum')
                or typname in (select name from gonkapulse_adoption.definitions where kind = 'type'))
           and not exists (
               select
                 from gonkapulse_adoption.catalog
                where line = concat_ws(' ', 'type', typname, pg_get_userbyid(typowner), (
                      select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = type.oid)))
    loop
        execute format('drop type %I', thing.name);
    end loop;

    for thing in
        select statement
          from gonkapulse_adoption.definitions
         order by phase, position
    loop
        execute thing.statement;
    end loop;
    drop table flyway_schema_history;
    drop table migration_steps;

    for thing in
        select relation as name
          from gonkapulse_adoption.definitions
         where kind = 'rows'
    loop
        execute format('select (select count(*) from %1$I) - (select count(*) from gonkapulse_adoption.%1$I)', thing.name)
           into differences;
        if differences <> 0 then
            raise exception 'The undo would change the number of rows of % by %', thing.name, differences;
        end if;
    end loop;
end
$return$;

-- Compares the whole schema while the adoption tests its undo; later, foreign objects may have changed.
do $compare$
declare
    whole constant boolean := current_setting('adopt.whole')::boolean;
    differences text;
begin
    with before as (
        select line
          from gonkapulse_adoption.catalog
         where adopted
            or whole),
    after as (
        select line
          from pg_temp.catalog()
         where adopted
            or whole)
    select string_agg(difference, '; ' order by difference)
      into differences
      from (select 'missing: ' || line as difference
              from (select line from before except all select line from after) missing
             union all
            select 'unexpected: ' || line
              from (select line from after except all select line from before) unexpected) every;
    if differences is not null and not exists (
        select
          from gonkapulse_adoption.catalog
         where line = 'server ' || current_setting('server_version_num')::integer / 10000)
    then
        raise warning 'The server version has changed since the adoption and prints definitions differently: %', left(differences, 2000);
    elsif differences is not null then
        raise exception 'The undo would not restore the schema before the adoption: %', left(differences, 2000);
    end if;
end
$compare$;

set local client_min_messages = warning;
drop schema gonkapulse_adoption cascade;
set local client_min_messages = notice;
