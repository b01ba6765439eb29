-- Assignments of other users to a node that was spelled in several ways.
-- Lock timeout: 5s
-- Statement timeout: 5min

do $shared$
declare
    own text;
    own_values text;
begin
    select coalesce(string_agg(format(', %I', property.attname), '' order by property.attnum), ''),
           coalesce(string_agg(format(', merged.%I', property.attname), '' order by property.attnum), '')
      into own, own_values
      from pg_attribute property
      join pg_attribute merged on merged.attrelid = 'adopt_merged'::regclass and merged.attname = property.attname
     where property.attrelid = 'user_nodes'::regclass
       and property.attnum > 0
       and not property.attisdropped
       and property.attname not in ('user_id', 'label', 'notes', 'is_active');
    execute format(
        'insert into user_nodes (user_id, node_id, label, notes, is_active, assigned_at%s) '
        'select merged.user_id, node.id, merged.label, merged.notes, merged.is_active, merged.created_at%s '
        'from adopt_merged merged '
        'join adopt_addresses address on address.id = merged.id and address.source = ''user_nodes'' '
        'join nodes node on node.identifier = address.spelling', own, own_values);
end
$shared$;

insert into user_node_origins (user_id, node_id, id, node_address, gpu_type, gcore_instance_id, updated_at, node_before)
select merged.user_id,
       node.id,
       merged.id,
       node.identifier,
       merged.gpu_type,
       merged.gcore_instance_id,
       merged.updated_at,
       jsonb_build_object(
           'display_name', node.display_name,
           'gpu_type', node.gpu_type,
           'gcore_instance_id', node.gcore_instance_id)
  from adopt_merged merged
  join adopt_addresses address on address.id = merged.id and address.source = 'user_nodes'
  join nodes node on node.identifier = address.spelling;
