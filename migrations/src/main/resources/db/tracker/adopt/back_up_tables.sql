-- Stores what adopt --undo needs: all rows and definitions of the adopted tables before any change.
-- Lock timeout: 5s
-- Statement timeout: 30min

set constraints all immediate;

do $lock$
declare
    name regclass;
begin
    for name in
        select table_oid
          from pg_temp.adopted_tables() table_oid
    loop
        execute format('lock table %s in access exclusive mode', name);
    end loop;
end
$lock$;

create schema gonkapulse_adoption;
comment on schema gonkapulse_adoption is
    'The adopted tables as they were, for adopt --undo. Without it only a backup can restore them';

create table gonkapulse_adoption.definitions (
    position bigint not null generated always as identity primary key,
    phase integer not null,
    kind text not null,
    relation text not null,
    name text not null,
    statement text not null
);
comment on table gonkapulse_adoption.definitions is 'Statements that create the tables again, in the order of phase and position';

create table gonkapulse_adoption.catalog (
    line text not null,
    adopted boolean not null
);
comment on table gonkapulse_adoption.catalog is 'The schema before the adoption, which adopt --undo must restore';

create table gonkapulse_adoption.set_aside (
    position bigint not null generated always as identity primary key,
    kind text not null,
    relation text not null,
    name text not null,
    definition text not null,
    statements text[] not null,
    outcome text
);
comment on table gonkapulse_adoption.set_aside is 'Foreign objects that were dropped, and whether they were recreated';

create table gonkapulse_adoption.addresses (
    table_name text not null,
    id uuid not null,
    before text not null,
    after text not null,
    remark text not null
);
comment on table gonkapulse_adoption.addresses is 'Addresses that the adoption changed, merged or found invalid';

insert into gonkapulse_adoption.definitions (phase, kind, relation, name, statement)
select distinct 10, 'type', typname, typname,
       format('select pg_temp.restore_type(%L, %L, %L)', typname, pg_get_userbyid(typowner),
           (select array_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = pg_type.oid))
  from pg_temp.adopted_tables() adopted
  join pg_class on pg_class.oid = adopted
  join pg_attribute on attrelid = adopted
  join pg_type on pg_type.oid = atttypid
 where typtype = 'e'
   and attnum > 0
   and pg_temp.plain(attname) in (select pg_temp.plain(known) from unnest(pg_temp.known_columns(relname)) known);

insert into gonkapulse_adoption.definitions (phase, kind, relation, name, statement)
select phase, kind, owner::text, name, statement
  from pg_temp.adopted_tables() adopted,
       pg_temp.definitions(adopted)
 order by phase, owner::text, name;

insert into gonkapulse_adoption.definitions (phase, kind, relation, name, statement)
select phase, kind, owner::text, name, statement
  from (select view,
               depth
          from pg_temp.dependent_views()) dependent,
       pg_temp.definitions(dependent.view)
 order by depth, phase, name;

insert into gonkapulse_adoption.catalog (line, adopted)
select line, adopted
  from pg_temp.catalog();

select pg_temp.copy_rows('gonkapulse_adoption', relname, 'The rows before the adoption')
  from pg_temp.adopted_tables() adopted
  join pg_class on pg_class.oid = adopted;

insert into gonkapulse_adoption.definitions (phase, kind, relation, name, statement)
select 22, 'rows', relname, relname, format('select pg_temp.restore_rows(%L)', relname)
  from pg_temp.adopted_tables() adopted
  join pg_class on pg_class.oid = adopted;
