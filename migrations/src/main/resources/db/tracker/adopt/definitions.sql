-- Reads the definitions of the adopted tables from the catalog: for the undo, and for foreign objects that are recreated.
-- Lock timeout: 5s
-- Statement timeout: 5min

create or replace function pg_temp.plain(name text)
returns text
language sql
immutable
as $body$
    select lower(replace(name, '_', ''))
$body$;

-- The columns of a MineGNK table, by our names; null for a foreign table.
create or replace function pg_temp.known_columns(table_name text)
returns text[]
language sql
immutable
as $body$
    select string_to_array(
        case table_name
            when 'users' then 'id email password name role provider google_id github_id is_active created_at updated_at '
                'telegram discord currency_preference'
            when 'user_nodes' then 'id user_id node_address label gpu_type gcore_instance_id notes is_active created_at '
                'updated_at'
            when 'node_requests' then 'id user_id gpu_type gpu_count region message status admin_notes processed_by '
                'processed_at created_at updated_at'
            when 'nodes' then 'id identifier identifier_type display_name gpu_type region gcore_instance_id created_at'
            when 'node_stats_cache' then 'node_id status earnings_day earnings_total uptime_percent tokens_per_sec jobs_day '
                'active_model voting_weight source fetched_at'
            when 'earnings_history' then 'id node_id date earnings_gnk source created_at'
        end, ' ')
$body$;

create or replace function pg_temp.adopted_tables()
returns setof regclass
language sql
as $body$
    select oid::regclass
      from pg_class
     where relnamespace = current_schema()::regnamespace
       and relkind in ('r', 'p')
       and pg_temp.known_columns(relname) is not null
     order by relname
$body$;

-- PostgreSQL prints x in ('a') on a varchar in a form that it parses differently; this form is stable.
create or replace function pg_temp.same_when_read(definition text)
returns text
language plpgsql
immutable
as $body$
declare
    result text := definition;
    found text[];
begin
    loop
        found := regexp_match(result,
            '(\(([a-z_]+|"[^"]+")\)::text (=|<>) (ANY|ALL) \(\(ARRAY\[((?:''(?:[^'']|'''')*''::character varying(?:, )?)+)\]\)::text\[\]\))');
        exit when found is null;
        result := replace(result, found[1],
            found[2] || case found[3] when '=' then ' in (' else ' not in (' end
            || replace(found[5], '::character varying', '') || ')');
    end loop;
    return result;
end
$body$;

-- Views on adopted tables, direct or through other views; the depth gives their order.
create or replace function pg_temp.dependent_views()
returns table (view regclass, depth integer)
language sql
as $body$
    with recursive dependents (relation, depth) as (
        select table_oid::oid,
               0
          from pg_temp.adopted_tables() table_oid
         union
        select rule.ev_class,
               dependents.depth + 1
          from dependents
          join pg_depend dependency
            on dependency.refclassid = 'pg_class'::regclass
           and dependency.refobjid = dependents.relation
           and dependency.classid = 'pg_rewrite'::regclass
          join pg_rewrite rule on rule.oid = dependency.objid
          join pg_class relation on relation.oid = rule.ev_class
         where rule.ev_class <> dependents.relation
           and relation.relkind in ('v', 'm'))
    select relation::regclass,
           max(dependents.depth)
      from dependents
     where dependents.depth > 0
     group by relation
     order by 2, 1
$body$;

create or replace function pg_temp.view_statement(view regclass)
returns text
language sql
as $body$
    select format('create %s %s%s as %s%s',
               case relkind when 'm' then 'materialized view' else 'view' end,
               view,
               coalesce(' with (' || array_to_string(reloptions, ', ') || ')', ''),
               pg_temp.same_when_read(rtrim(pg_get_viewdef(oid), ';')),
               case when relispopulated then '' else ' with no data' end)
      from pg_class
     where oid = view
$body$;

create or replace function pg_temp.column_statement(relation regclass)
returns text
language sql
as $body$
    select string_agg(
               format('%I %s', attname, format_type(atttypid, atttypmod))
               || case
                      when attcollation not in (0, typcollation) then (
                          select format(' collate %I.%I', nspname, collname)
                            from pg_collation
                            join pg_namespace on pg_namespace.oid = collnamespace
                           where pg_collation.oid = attcollation)
                      else ''
                  end
               || case
                      when attidentity <> '' then format(' generated %s as identity',
                          case attidentity when 'a' then 'always' else 'by default' end)
                      when attgenerated <> '' then format(' generated always as (%s) %s',
                          pg_get_expr(adbin, adrelid), case attgenerated when 's' then 'stored' else 'virtual' end)
                      else coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
                  end
               || case when attnotnull then ' not null' else '' end,
               ', ' order by attnum)
      from pg_attribute
      join pg_type on pg_type.oid = atttypid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attrelid = relation
       and attnum > 0
       and not attisdropped
$body$;

-- Restores exactly the former rights: default privileges of the schema may have changed.
create or replace function pg_temp.set_rights(relation regclass, rights text)
returns void
language plpgsql
as $body$
declare
    entry record;
begin
    for entry in
        select distinct case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end as grantee
          from pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
         where oid = relation
    loop
        execute format('revoke all on %s from %s cascade', relation, entry.grantee);
    end loop;
    for entry in
        select case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end as grantee,
               privilege_type,
               case when is_grantable then ' with grant option' else '' end as grantable
          from pg_class, aclexplode(coalesce(rights::aclitem[], acldefault('r', relowner)))
         where oid = relation
    loop
        execute format('grant %s on %s to %s%s', entry.privilege_type, relation, entry.grantee, entry.grantable);
    end loop;
end
$body$;

-- All statements that create a table, view or materialized view again, without its rows.
create or replace function pg_temp.definitions(relation regclass)
returns table (phase integer, kind text, owner regclass, name text, statement text)
language sql
as $body$
    select 20, 'table', relation, relname::text,
           format('create %stable %s (%s)%s',
               case relpersistence when 'u' then 'unlogged ' else '' end,
               relation,
               pg_temp.column_statement(relation),
               coalesce(' with (' || array_to_string(reloptions, ', ') || ')', ''))
      from pg_class
     where oid = relation
       and relkind = 'r'
     union all
    select 50, case relkind when 'm' then 'materialized view' else 'view' end, relation, relname,
           pg_temp.view_statement(relation)
      from pg_class
     where oid = relation
       and relkind in ('v', 'm')
     union all
    select case relkind when 'r' then 21 else 51 end, 'owner', relation, relname,
           format('alter table %s owner to %I', relation, pg_get_userbyid(relowner))
      from pg_class
     where oid = relation
     union all
    select 24, 'owner', relation, sequence.relname,
           format('alter sequence %s owner to %I', sequence.oid::regclass, pg_get_userbyid(sequence.relowner))
      from pg_depend
      join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
     where classid = 'pg_class'::regclass
       and refclassid = 'pg_class'::regclass
       and refobjid = relation
       and deptype = 'a'
     union all
    select 25, 'sequence', relation, sequence.relname,
           format('alter sequence %s owned by %s.%I', sequence.oid::regclass, relation, attname)
      from pg_depend
      join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
      join pg_attribute on attrelid = refobjid and attnum = refobjsubid
     where classid = 'pg_class'::regclass
       and refclassid = 'pg_class'::regclass
       and refobjid = relation
       and deptype = 'a'
     union all
    select case contype when 'f' then 40 else 30 end, 'constraint', relation, conname,
           format('alter table %s add constraint %I %s', relation, conname, pg_temp.same_when_read(pg_get_constraintdef(oid)))
      from pg_constraint
     where conrelid = relation
       and contype in ('p', 'u', 'x', 'c', 'f')
     union all
    select 40, 'constraint', conrelid::regclass, conname,
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_temp.same_when_read(pg_get_constraintdef(oid)))
      from pg_constraint
     where confrelid = relation
       and contype = 'f'
       and conrelid not in (select adopted from pg_temp.adopted_tables() adopted)
     union all
    select case relkind when 'm' then 52 else 35 end, 'index', relation, indexrelid::regclass::text,
           pg_temp.same_when_read(pg_get_indexdef(indexrelid))
      from pg_index
      join pg_class on pg_class.oid = indrelid
     where indrelid = relation
       and not exists (select from pg_constraint where conindid = indexrelid and conrelid = indrelid)
     union all
    select 45, 'statistics', relation, stxname, pg_get_statisticsobjdef(oid)
      from pg_statistic_ext
     where stxrelid = relation
     union all
    select 60, 'trigger', relation, tgname, pg_get_triggerdef(oid)
      from pg_trigger
     where tgrelid = relation
       and not tgisinternal
     union all
    select 61, 'trigger', relation, tgname,
           format('alter table %s %s trigger %I', relation,
               case tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, tgname)
      from pg_trigger
     where tgrelid = relation
       and not tgisinternal
       and tgenabled <> 'O'
     union all
    select 62, 'rule', relation, rulename, pg_get_ruledef(oid)
      from pg_rewrite
     where ev_class = relation
       and rulename <> '_RETURN'
     union all
    select 70, 'rights', relation, relname, format('select pg_temp.set_rights(%L, %L)', relation, relacl::text)
      from pg_class
     where oid = relation
     union all
    select 71, 'rights', relation, attname,
           format('grant %s (%I) on %s to %s%s', privilege_type, attname, relation,
               case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
               case when is_grantable then ' with grant option' else '' end)
      from pg_attribute, aclexplode(attacl)
     where attrelid = relation
       and attacl is not null
     union all
    select 80, 'comment', relation, relname,
           case
               when attname is not null then format('comment on column %s.%I is %L', relation, attname, description)
               else format('comment on %s %s is %L',
                   case relkind when 'm' then 'materialized view' when 'v' then 'view' else 'table' end,
                   relation, description)
           end
      from pg_description
      join pg_class on pg_class.oid = objoid
      left join pg_attribute on attrelid = objoid and attnum = objsubid and objsubid > 0
     where classoid = 'pg_class'::regclass
       and objoid = relation
     union all
    select 81, 'comment', relation, conname,
           format('comment on constraint %I on %s is %L', conname, relation, description)
      from pg_description
      join pg_constraint on pg_constraint.oid = objoid
     where classoid = 'pg_constraint'::regclass
       and conrelid = relation
     union all
    select 82, 'comment', relation, tgname, format('comment on trigger %I on %s is %L', tgname, relation, description)
      from pg_description
      join pg_trigger on pg_trigger.oid = objoid
     where classoid = 'pg_trigger'::regclass
       and tgrelid = relation
     union all
    select 83, 'comment', relation, indexrelid::regclass::text,
           format('comment on index %s is %L', indexrelid::regclass, description)
      from pg_description
      join pg_index on indexrelid = objoid
     where classoid = 'pg_class'::regclass
       and indrelid = relation
$body$;

-- Custom types are copied as text: a copy must not depend on types that will change.
create or replace function pg_temp.copy_rows(schema_name text, table_name text, remark text)
returns void
language plpgsql
as $body$
declare
    names text;
begin
    select string_agg(
               format('%I', attname)
               || case
                      when typnamespace <> 'pg_catalog'::regnamespace then format('::text as %I', attname)
                      else ''
                  end, ', ' order by attnum)
      into names
      from pg_attribute
      join pg_type on pg_type.oid = atttypid
     where attrelid = quote_ident(table_name)::regclass
       and attnum > 0
       and not attisdropped
       and attgenerated = '';
    execute format('create table %I.%I as select %s from %I', schema_name, table_name, names, table_name);
    execute format('comment on table %I.%I is %L', schema_name, table_name, remark);
end
$body$;

-- Without cascade, so that PostgreSQL refuses if anything depends on the object.
create or replace function pg_temp.drop_object(kind text, relation text, name text)
returns void
language plpgsql
as $body$
begin
    -- Hides the notice that there is nothing to drop.
    perform set_config('client_min_messages', 'warning', true);
    case kind
        when 'constraint' then
            execute format('alter table if exists %s drop constraint if exists %I', relation, name);
        when 'trigger' then
            execute format('drop trigger if exists %I on %s', name, relation);
        when 'view', 'materialized view' then
            execute format('drop %s if exists %s', kind, name);
        else
            execute format('drop %s if exists %I', kind, name);
    end case;
    perform set_config('client_min_messages', 'notice', true);
end
$body$;

-- The schema as lines of text; schemas with equal lines are equivalent.
create or replace function pg_temp.catalog()
returns table (line text, adopted boolean)
language sql
as $body$
    with relations as (
        select pg_class.*,
               pg_class.oid in (
                   select table_oid from pg_temp.adopted_tables() table_oid
                    union all
                   select view from pg_temp.dependent_views()) as adopted
          from pg_class
         where relnamespace = current_schema()::regnamespace
           and relname not like 'flyway\_schema\_history%'
           and relname not like 'migration\_steps%')
    select 'server ' || current_setting('server_version_num')::integer / 10000,
           false
     union all
    select concat_ws(' ', 'relation', relkind, relname, pg_get_userbyid(relowner), reloptions, relpersistence,
               relrowsecurity, relforcerowsecurity, relreplident, relispopulated,
               (select string_agg(acl::text, ',' order by acl::text)
                  from unnest(coalesce(relacl, acldefault('r', relowner))) acl)),
           adopted
      from relations
     where relkind <> 'i'
     union all
    select concat_ws(' ', 'column', relname, row_number() over (partition by relation.oid order by attnum), attname,
               format_type(atttypid, atttypmod), case when attcollation <> 0 then attcollation::regcollation end,
               case when attnotnull then 'not null' end, pg_get_expr(adbin, adrelid), attgenerated, attidentity, attacl),
           adopted
      from relations relation
      join pg_attribute on attrelid = relation.oid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attnum > 0
       and not attisdropped
     union all
    select concat_ws(' ', 'constraint', relname, conname, convalidated, pg_get_constraintdef(pg_constraint.oid)),
           adopted or confrelid in (select table_oid from pg_temp.adopted_tables() table_oid)
      from pg_constraint
      join relations relation on relation.oid = conrelid
     where contype <> 'n'
     union all
    select concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisclustered, indisreplident),
           adopted
      from pg_index
      join relations relation on relation.oid = indrelid
     union all
    select concat_ws(' ', 'view', relname, pg_get_viewdef(oid)), adopted
      from relations
     where relkind in ('v', 'm')
     union all
    select concat_ws(' ', 'type', typname, pg_get_userbyid(typowner), string_agg(enumlabel, ',' order by enumsortorder)),
           false
      from pg_type
      join pg_enum on enumtypid = pg_type.oid
     where typnamespace = current_schema()::regnamespace
     group by pg_type.oid
     union all
    select concat_ws(' ', 'routine', proname, oid::regprocedure, md5(prosrc), proacl), false
      from pg_proc
     where pronamespace = current_schema()::regnamespace
     union all
    select concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid), tgenabled), adopted
      from pg_trigger
      join relations relation on relation.oid = tgrelid
     where not tgisinternal
     union all
    select concat_ws(' ', 'rule', pg_get_ruledef(pg_rewrite.oid)), adopted
      from pg_rewrite
      join relations relation on relation.oid = ev_class
     where rulename <> '_RETURN'
     union all
    select concat_ws(' ', 'policy', relname, polname, polcmd, pg_get_expr(polqual, polrelid),
               pg_get_expr(polwithcheck, polrelid)), adopted
      from pg_policy
      join relations relation on relation.oid = polrelid
     union all
    select concat_ws(' ', 'statistics', pg_get_statisticsobjdef(pg_statistic_ext.oid)), adopted
      from pg_statistic_ext
      join relations relation on relation.oid = stxrelid
     union all
    select concat_ws(' ', 'sequence', sequence.oid::regclass, 'of', relation.relname, refobjsubid), false
      from pg_depend
      join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
      join relations relation on relation.oid = refobjid
     where classid = 'pg_class'::regclass
       and refclassid = 'pg_class'::regclass
       and deptype in ('a', 'i')
     union all
    select concat_ws(' ', 'publication', pubname, relname), adopted
      from pg_publication_rel
      join pg_publication on pg_publication.oid = prpubid
      join relations relation on relation.oid = prrelid
     union all
    select concat_ws(' ', 'heir', inhrelid::regclass, 'of', inhparent::regclass), true
      from pg_inherits
     where inhparent in (select table_oid from pg_temp.adopted_tables() table_oid)
        or inhrelid in (select table_oid from pg_temp.adopted_tables() table_oid)
     union all
    select concat_ws(' ', 'comment', pg_describe_object(classoid, objoid, objsubid), description), adopted
      from pg_description
      join relations relation on relation.oid = objoid
     where classoid = 'pg_class'::regclass
     union all
    select concat_ws(' ', 'comment', pg_describe_object(classoid, objoid, objsubid), description), adopted
      from pg_description
      join pg_constraint on pg_constraint.oid = objoid
      join relations relation on relation.oid = conrelid
     where classoid = 'pg_constraint'::regclass
$body$;
