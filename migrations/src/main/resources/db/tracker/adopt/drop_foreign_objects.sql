-- Renames known columns, and drops foreign objects that block the adoption; recreate_foreign_objects.sql recreates them.
-- Lock timeout: 5s
-- Statement timeout: 30min

do $rename$
declare
    wanted record;
    actual text;
begin
    for wanted in
        select relname as table_name,
               column_name
          from pg_temp.adopted_tables() adopted
          join pg_class on pg_class.oid = adopted
         cross join unnest(pg_temp.known_columns(relname)) with ordinality as known (column_name, place)
         order by relname, place
    loop
        actual := pg_temp.actual(wanted.table_name, wanted.column_name);
        if actual <> wanted.column_name then
            perform pg_temp.act(
                format('rename %s."%s" to %s', wanted.table_name, actual, wanted.column_name),
                format('alter table %I rename column %I to %I', wanted.table_name, actual, wanted.column_name));
        end if;
    end loop;
end
$rename$;

create temporary table adopt_known on commit drop as
select attrelid as relation,
       attnum as place
  from pg_temp.adopted_tables() adopted
  join pg_class on pg_class.oid = adopted
  join pg_attribute on attrelid = adopted
 where attname = any (pg_temp.known_columns(relname));

-- Keys that our schema has too are kept, whatever their names. A duplicate on the same columns is not.
create temporary table adopt_keys on commit drop as
select (array_agg(oid order by conname))[1] as oid
  from (select pg_constraint.oid,
               conrelid,
               contype,
               conname,
               (select string_agg(attname, ' ' order by attname)
                  from pg_attribute
                 where attrelid = conrelid
                   and attnum = any (conkey)) as columns
          from pg_temp.adopted_tables() adopted
          join pg_constraint on conrelid = adopted) keys
  join (values ('users', 'p', 'id'),
               ('users', 'u', 'email'),
               ('users', 'u', 'google_id'),
               ('users', 'u', 'github_id'),
               ('user_nodes', 'p', 'id'),
               ('user_nodes', 'u', 'node_address'),
               ('user_nodes', 'f', 'user_id'),
               ('node_requests', 'p', 'id'),
               ('node_requests', 'f', 'user_id'),
               ('nodes', 'p', 'id'),
               ('nodes', 'u', 'identifier'),
               ('node_stats_cache', 'p', 'node_id'),
               ('node_stats_cache', 'f', 'node_id'),
               ('earnings_history', 'p', 'id'),
               ('earnings_history', 'u', 'date node_id'),
               ('earnings_history', 'f', 'node_id')) as design (table_name, kind, columns)
    on conrelid = to_regclass(design.table_name)
   and contype::text = design.kind
   and keys.columns = design.columns
 group by conrelid, contype, keys.columns;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select case when relkind = 'm' then 'materialized view' else 'view' end,
       view::text,
       view::text,
       pg_temp.view_statement(view),
       (select array_agg(statement order by phase, name) from pg_temp.definitions(view))
  from pg_temp.dependent_views()
  join pg_class on pg_class.oid = view
 order by depth desc, view;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select 'constraint',
       conrelid::regclass::text,
       conname,
       pg_get_constraintdef(oid),
       array[format('alter table %s add constraint %I %s', conrelid::regclass, conname,
           pg_temp.same_when_read(pg_get_constraintdef(oid)))]
  from pg_constraint
 where contype = 'f'
   and oid not in (select oid from adopt_keys)
   and (confrelid = 'user_nodes'::regclass
        or exists (
           select
             from adopt_known
            where relation = conrelid
              and place = any (conkey)))
 order by 2, 3;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select 'trigger',
       tgrelid::regclass::text,
       tgname,
       pg_get_triggerdef(pg_trigger.oid),
       (select array_agg(statement order by phase)
          from pg_temp.definitions(tgrelid::regclass) definition
         where definition.kind = 'trigger'
           and definition.name = tgname)
  from pg_temp.adopted_tables() adopted
  join pg_trigger on tgrelid = adopted
 where not tgisinternal
   and (tgattr::text <> '' or tgqual is not null)
 order by 2, 3;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select 'constraint',
       conrelid::regclass::text,
       conname,
       pg_get_constraintdef(pg_constraint.oid),
       array[format('alter table %s add constraint %I %s', conrelid::regclass, conname,
           pg_temp.same_when_read(pg_get_constraintdef(pg_constraint.oid)))]
  from pg_temp.adopted_tables() adopted
  join pg_constraint on conrelid = adopted
 where contype in ('c', 'u', 'x')
   and pg_constraint.oid not in (select oid from adopt_keys)
   and (conname ~ '^(chk|uq)_'
        or conname in ('users_email_key', 'users_google_id_key', 'users_github_id_key', 'user_nodes_node_address_key',
            'nodes_identifier_key')
        or exists (
           select
             from adopt_known
            where relation = conrelid
              and place = any (conkey)))
 order by 2, 3;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select 'index',
       indrelid::regclass::text,
       relname,
       pg_get_indexdef(indexrelid),
       array[pg_temp.same_when_read(pg_get_indexdef(indexrelid))]
  from pg_temp.adopted_tables() adopted
  join pg_index on indrelid = adopted
  join pg_class on pg_class.oid = indexrelid
 where not exists (select from pg_constraint where conindid = indexrelid)
   and (relname ~ '^idx_'
        or exists (
           select
             from pg_depend
             join adopt_known on relation = refobjid and place = refobjsubid
            where classid = 'pg_class'::regclass
              and objid = indexrelid
              and refclassid = 'pg_class'::regclass))
 order by 2, 3;

insert into gonkapulse_adoption.set_aside (kind, relation, name, definition, statements)
select 'statistics',
       stxrelid::regclass::text,
       stxname,
       pg_get_statisticsobjdef(oid),
       array[pg_get_statisticsobjdef(oid)]
  from pg_temp.adopted_tables() adopted
  join pg_statistic_ext on stxrelid = adopted
 order by 2, 3;

select pg_temp.drop_object(kind, relation, name)
  from (select *
          from gonkapulse_adoption.set_aside
         order by position) in_order;
