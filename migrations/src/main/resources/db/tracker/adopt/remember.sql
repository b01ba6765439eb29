-- What the database holds before anything is changed: known columns by the names that they will have.
-- Lock timeout: 5s
-- Statement timeout: 30min

create temporary table adopt_rows (table_name text, key text, content jsonb) on commit drop;
create temporary table adopt_counts (table_name text, rows bigint) on commit drop;

do $remember$
declare
    known constant jsonb := '{
        "users": "id email password name role provider google_id github_id is_active created_at updated_at telegram discord currency_preference",
        "user_nodes": "id user_id node_address label gpu_type gcore_instance_id notes is_active created_at updated_at",
        "node_requests": "id user_id gpu_type gpu_count region message status admin_notes processed_by processed_at created_at updated_at",
        "nodes": "id identifier identifier_type display_name gpu_type region gcore_instance_id created_at",
        "node_stats_cache": "node_id status earnings_day earnings_total uptime_percent tokens_per_sec jobs_day active_model voting_weight source fetched_at",
        "earnings_history": "id node_id date earnings_gnk source created_at"}';
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
        if known ? name then
            execute format('lock table %I in access exclusive mode', name);
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
              left join unnest(string_to_array(known ->> name, ' ')) to_be
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
