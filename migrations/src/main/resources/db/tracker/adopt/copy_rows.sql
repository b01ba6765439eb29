-- Copies the rows before any change, with known columns by their new names.
-- Lock timeout: 5s
-- Statement timeout: 30min

create temporary table adopt_rows (table_name text, key text, content jsonb) on commit drop;
create temporary table adopt_counts (table_name text, rows bigint) on commit drop;

do $remember$
declare
    name text;
    columns text;
begin
    for name in
        select relname
          from pg_class
         where relnamespace = current_schema()::regnamespace
           and relkind in ('r', 'p')
           and not relispartition
    loop
        if pg_temp.known_columns(name) is not null then
            select string_agg(
                       case format_type(atttypid, atttypmod)
                           when 'timestamp without time zone' then
                               case
                                   when to_be is null then format('%I', attname)
                                   else format('(%I at time zone %L)', attname, current_setting('adopt.zone'))
                               end
                           else format('%I', attname)
                       end || ' as ' || quote_ident(coalesce(to_be, attname)),
                       ', ' order by attnum)
              into columns
              from pg_attribute
              left join unnest(pg_temp.known_columns(name)) to_be
                on pg_temp.plain(to_be) = pg_temp.plain(attname)
             where attrelid = quote_ident(name)::regclass
               and attnum > 0
               and not attisdropped;
            execute format(
                'insert into adopt_rows select %1$L, coalesce(content ->> ''id'', content ->> ''node_id''), content '
                'from (select to_jsonb(adopted_row) as content from (select %2$s from %1$I) adopted_row) rows',
                name, columns);
        else
            execute format('insert into adopt_counts select %1$L, count(*) from %1$I', name);
        end if;
    end loop;
end
$remember$;
