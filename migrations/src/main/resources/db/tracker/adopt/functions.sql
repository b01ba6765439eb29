-- Functions of adopt: each checks, reports and executes one change.
-- They are in pg_temp, so PostgreSQL drops them with the session.

create or replace function pg_temp.act(what text, statement text)
returns void
language plpgsql
as $body$
begin
    raise notice '%', what;
    execute statement;
end
$body$;

-- Finds a column regardless of spelling: is_active, "isActive", isactive.
create or replace function pg_temp.actual(table_name text, column_name text)
returns text
language plpgsql
as $body$
declare
    found text[];
begin
    select array_agg(attname::text order by attname)
      into found
      from pg_attribute
     where attrelid = table_name::regclass
       and attnum > 0
       and not attisdropped
       and pg_temp.plain(attname) = pg_temp.plain(column_name);
    if cardinality(found) > 1 then
        raise exception 'Table % has % columns that mean %: %', table_name, cardinality(found), column_name, found
            using hint = 'Rename the unused one.';
    end if;
    return found[1];
end
$body$;

create or replace function pg_temp.refuse_rows(table_name text, condition text, why text)
returns void
language plpgsql
as $body$
declare
    rows text;
begin
    execute format(
        'select string_agg(coalesce(to_jsonb(target) ->> ''id'', to_jsonb(target) ->> ''node_id''), '', '') '
        'from (select * from %I where %s limit 20) target',
        table_name, condition)
       into rows;
    if rows is not null then
        raise exception 'Table %: %: rows %', table_name, why, rows
            using hint = 'Correct these rows, then adopt again.';
    end if;
end
$body$;

create or replace function pg_temp.column_type(table_name text, actual text)
returns text
language sql
as $body$
    select format_type(atttypid, atttypmod)
      from pg_attribute
     where attrelid = table_name::regclass
       and attname = actual
$body$;

create or replace function pg_temp.change_type(table_name text, column_name text, wanted text)
returns void
language plpgsql
as $body$
declare
    present constant text := pg_temp.column_type(table_name, column_name);
    conversion text := format('%I::%s', column_name, wanted);
begin
    if present = wanted then
        return;
    end if;
    if present = 'timestamp without time zone' and wanted = 'timestamp with time zone' then
        conversion := format('%I at time zone %L', column_name, current_setting('adopt.zone'));
    elsif wanted like 'character varying(%' then
        perform pg_temp.refuse_rows(
            table_name,
            format('length(%I::text) > %s', column_name, substring(wanted from '\d+')),
            format('%s is longer than %s characters', column_name, substring(wanted from '\d+')));
        conversion := format('%I::text::%s', column_name, wanted);
    elsif wanted like '%\_enum' then
        conversion := format('%I::text::%s', column_name, wanted);
    end if;
    perform pg_temp.act(
        format('change %s.%s from %s to %s', table_name, column_name, present, wanted),
        format(
            'alter table %1$I alter column %2$I drop default, alter column %2$I type %3$s using %4$s',
            table_name, column_name, wanted, conversion));
end
$body$;

-- Gives the column this name, type, default and nullability; adds a missing one.
create or replace function pg_temp.set_column(
    table_name text, column_name text, wanted text, required boolean, initial text default null)
returns void
language plpgsql
as $body$
declare
    actual constant text := pg_temp.actual(table_name, column_name);
    nulls bigint := 0;
begin
    if actual is null then
        perform pg_temp.act(
            format('add %s.%s (%s)', table_name, column_name, wanted),
            format('alter table %I add column %I %s%s%s', table_name, column_name, wanted,
                coalesce(' default ' || initial, ''), case when required then ' not null' else '' end));
        return;
    end if;
    perform pg_temp.change_type(table_name, column_name, wanted);
    if required then
        execute format('select count(*) from %I where %I is null', table_name, column_name)
           into nulls;
    end if;
    if nulls > 0 and initial is null then
        perform pg_temp.refuse_rows(table_name, format('%I is null', column_name), column_name || ' is missing');
    elsif nulls > 0 then
        perform pg_temp.act(
            format('fill %s.%s with %s in the %s rows that have none', table_name, column_name, initial, nulls),
            format('update %1$I set %2$I = %3$s where %2$I is null', table_name, column_name, initial));
    end if;
    execute format('alter table %1$I alter column %2$I %3$s, alter column %2$I %4$s not null',
        table_name, column_name,
        coalesce('set default ' || initial, 'drop default'),
        case when required then 'set' else 'drop' end);
end
$body$;

-- Gives the column an enum type of this name with at least these labels.
create or replace function pg_temp.set_enum(type_name text, labels text[], table_name text, column_name text)
returns void
language plpgsql
as $body$
declare
    actual constant text := pg_temp.actual(table_name, column_name);
    present record;
    missing text;
begin
    if actual is null and to_regtype(quote_ident(type_name)) is null then
        perform pg_temp.act(
            format('create type %s', type_name),
            format('create type %I as enum (%s)', type_name,
                (select string_agg(quote_literal(label), ', ') from unnest(labels) label)));
    end if;
    select type.oid,
           type.typname,
           type.typtype
      into present
      from pg_attribute attribute
      join pg_type type on type.oid = attribute.atttypid
     where attribute.attrelid = table_name::regclass
       and attribute.attname = actual;
    if present.typtype = 'e' then
        if present.typname <> type_name then
            perform pg_temp.act(
                format('rename type %s to %s', present.typname, type_name),
                format('alter type %I rename to %I', present.typname, type_name));
        end if;
        for missing in
            select label
              from unnest(labels) with ordinality as wanted (label, place)
             where not exists (
                   select
                     from pg_enum
                    where enumtypid = present.oid
                      and enumlabel = label)
             order by place
        loop
            perform pg_temp.act(
                format('add %s to type %s', missing, type_name),
                format('alter type %I add value %L', type_name, missing));
        end loop;
    elsif present.typtype <> 'e' then
        perform pg_temp.refuse_rows(
            table_name,
            format('%I::text <> all (%L::text[])', actual, labels),
            format('%s is none of %s', actual, labels));
        perform pg_temp.act(
            format('create type %s', type_name),
            format('create type %I as enum (%s)', type_name,
                (select string_agg(quote_literal(label), ', ') from unnest(labels) label)));
    end if;
end
$body$;

-- Finds a primary, unique or foreign key by its definition, whatever its name.
create or replace function pg_temp.set_constraint(
    table_name text, constraint_name text, kind text, columns text[], definition text)
returns void
language plpgsql
as $body$
declare
    present record;
begin
    for present in
        select conname as name,
               confdeltype as on_delete
          from pg_constraint
         where conrelid = table_name::regclass
           and contype::text = kind
           and (select array_agg(pg_temp.plain(attname) order by pg_temp.plain(attname))
                  from pg_attribute
                 where attrelid = conrelid
                   and attnum = any (conkey))
               = (select array_agg(pg_temp.plain(name) order by pg_temp.plain(name))
                    from unnest(columns) name)
         order by conname = constraint_name desc, conname
    loop
        if kind = 'f' and present.on_delete <> 'c' then
            perform pg_temp.act(
                format('add on delete cascade to the foreign key of %s', table_name),
                format('alter table %I drop constraint %I', table_name, present.name));
            exit;
        end if;
        if present.name <> constraint_name then
            perform pg_temp.act(
                format('rename constraint %s to %s', present.name, constraint_name),
                format('alter table %I rename constraint %I to %I', table_name, present.name, constraint_name));
        end if;
        return;
    end loop;
    perform pg_temp.act(
        format('add constraint %s to %s', constraint_name, table_name),
        format('alter table %I add constraint %I %s', table_name, constraint_name, definition));
end
$body$;

-- A check that existing rows violate applies to new rows only.
create or replace function pg_temp.set_check(table_name text, constraint_name text, condition text)
returns void
language plpgsql
as $body$
begin
    execute format('alter table %I add constraint %I check (%s) not valid', table_name, constraint_name, condition);
    begin
        execute format('alter table %I validate constraint %I', table_name, constraint_name);
    exception
        when check_violation then
            raise warning 'Some rows of % violate % (%); they stay, and new rows must satisfy it',
                table_name, constraint_name, condition;
    end;
end
$body$;

create or replace function pg_temp.set_index(index_name text, table_name text, definition text)
returns void
language plpgsql
as $body$
begin
    perform pg_temp.act(
        format('index %s on %s', index_name, table_name),
        format('create index %I on %I %s', index_name, table_name, definition));
    update gonkapulse_adoption.set_aside thing
       set outcome = 'same as ours'
     where thing.kind = 'index'
       and thing.name = index_name
       and thing.definition = pg_get_indexdef(to_regclass(quote_ident(index_name)));
end
$body$;

-- Drops the temporary tables of a migration, as the end of its own transaction would.
create or replace function pg_temp.drop_step_tables()
returns void
language plpgsql
as $body$
declare
    name text;
begin
    for name in
        select relname
          from pg_class
         where relnamespace = pg_my_temp_schema()
           and relkind = 'r'
           and relname not like 'adopt\_%'
    loop
        execute format('drop table pg_temp.%I', name);
    end loop;
end
$body$;
