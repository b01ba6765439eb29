package io.gonkapulse.migrations.server;

import io.gonkapulse.migrations.scripts.MigrationModule;
import java.util.List;

/** Everything that makes a schema, as text; without the program's own tables. */
public final class SchemaDump {

    private static final String DUMP = """
            with relations as (
                select *
                  from pg_class
                 where relnamespace = to_regnamespace('{schema}')
                   and relname not like 'flyway\\_schema\\_history%'
                   and relname not like 'migration\\_steps%')
            select concat_ws(' ', 'relation', relkind::text, relname, pg_get_userbyid(relowner), reloptions::text,
                       pg_get_expr(relpartbound, oid),
                       (select string_agg(acl::text, ',' order by acl::text)
                          from unnest(coalesce(relacl, acldefault('r', relowner))) acl))
              from relations
             where relkind <> 'i'
             union all
            select concat_ws(' ', 'column', relname,
                       row_number() over (partition by relation.oid order by attnum), attname,
                       format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
                       pg_get_expr(adbin, adrelid), attgenerated::text, attidentity::text, attacl::text)
              from relations relation
              join pg_attribute on attrelid = relation.oid
              left join pg_attrdef defaults on defaults.adrelid = attrelid and defaults.adnum = attnum
             where attnum > 0
               and not attisdropped
             union all
            select concat_ws(' ', 'constraint', relname, conname, convalidated, pg_get_constraintdef(constraints.oid))
              from pg_constraint constraints
              join relations relation on relation.oid = conrelid
             where contype <> 'n'
             union all
            select concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid)
              from pg_index
              join relations relation on relation.oid = indexrelid
             union all
            select concat_ws(' ', 'view', relname, pg_get_viewdef(oid))
              from relations
             where relkind = 'v'
             union all
            select concat_ws(' ', 'enum', typname, enumsortorder, enumlabel)
              from pg_type type
              join pg_enum on enumtypid = type.oid
             where typnamespace = to_regnamespace('{schema}')
             union all
            select concat_ws(' ', 'routine', proname, pg_get_functiondef(oid), proacl::text)
              from pg_proc
             where pronamespace = to_regnamespace('{schema}')
             union all
            select concat_ws(' ', 'trigger', pg_get_triggerdef(trigger.oid))
              from pg_trigger trigger
              join relations relation on relation.oid = tgrelid
             where not tgisinternal
             union all
            select concat_ws(' ', 'comment', relname, attname, description)
              from pg_description
              join relations relation on relation.oid = objoid
              left join pg_attribute on attrelid = relation.oid and attnum = objsubid and objsubid > 0
             where classoid = 'pg_class'::regclass
             union all
            select concat_ws(' ', 'schema', nspname,
                       (select string_agg(acl::text, ',' order by acl::text)
                          from unnest(coalesce(nspacl, acldefault('n', nspowner))) acl))
              from pg_namespace
             where nspname = '{schema}'
             union all
            select concat_ws(' ', 'default privileges', defaclobjtype::text, pg_get_userbyid(defaclrole), defaclacl::text)
              from pg_default_acl
             order by 1
            """;

    private SchemaDump() {}

    public static List<String> of(PostgresDatabase database) {
        return of(database, MigrationModule.TRACKER);
    }

    public static List<String> of(PostgresDatabase database, MigrationModule module) {
        return database.rows(DUMP.replace("{schema}", module.schema()));
    }
}
