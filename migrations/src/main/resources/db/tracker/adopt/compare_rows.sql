-- Compares all rows with those before the adoption; a difference rolls the adoption back.
-- Lock timeout: 5s
-- Statement timeout: 30min

do $compare$
declare
    lost text;
    other record;
    rows bigint;
begin
    with now_there (table_name, key, content) as (
        select 'users',
               id::text,
               to_jsonb(users)
          from users
         union all
        select 'user_nodes',
               origin.id::text,
               to_jsonb(assignment) || jsonb_build_object(
                   'id', origin.id,
                   'node_address', node.identifier,
                   'gpu_type', origin.gpu_type,
                   'gcore_instance_id', origin.gcore_instance_id,
                   'created_at', assignment.assigned_at,
                   'updated_at', origin.updated_at)
          from user_nodes assignment
          join nodes node on node.id = assignment.node_id
          join user_node_origins origin
            on origin.user_id = assignment.user_id
           and origin.node_id = assignment.node_id
         union all
        select 'node_requests',
               id::text,
               to_jsonb(node_requests) || jsonb_build_object('processed_by', processed_by_original)
          from node_requests
         union all
        select 'nodes',
               id::text,
               to_jsonb(nodes)
          from nodes
         union all
        select 'node_stats_cache',
               node_id::text,
               to_jsonb(node_stats_cache)
          from node_stats_cache
         union all
        select 'earnings_history',
               id::text,
               to_jsonb(earnings_history)
          from earnings_history
    )
    select string_agg(format('%s %s', before.table_name, before.key), ', ' order by before.table_name, before.key)
      into lost
      from adopt_rows before
      left join now_there after
        on after.table_name = before.table_name
       and after.key = before.key
     where after.key is null
        or not after.content @> jsonb_strip_nulls(before.content);
    if lost is not null then
        raise exception 'The adoption would lose or change rows: %', left(lost, 2000)
            using hint = 'Check triggers and rules on these tables.';
    end if;

    for other in
        select table_name,
               adopt_counts.rows
          from adopt_counts
    loop
        execute format('select count(*) from %I', other.table_name)
           into rows;
        if rows <> other.rows then
            raise exception 'The adoption would change table %, which it does not know: % rows became %',
                other.table_name, other.rows, rows;
        end if;
    end loop;

    for other in
        select table_name,
               count(*) as rows
          from adopt_rows
         group by table_name
         order by table_name
    loop
        raise notice '% %: % rows compared, all present', 'table', other.table_name, other.rows;
    end loop;
end
$compare$;
