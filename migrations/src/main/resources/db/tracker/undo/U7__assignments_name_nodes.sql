-- U7: the way back of V7
-- Locks: access exclusive on user_nodes and nodes while the rows are copied
-- Data: every assignment is kept, labels, notes and ids included; assigned_by is lost. Refused while two users share a
--     node. A node that V7 made stays if stats or earnings are known of it
-- Lock timeout: 5s
-- Statement timeout: 10min
-- Transaction: yes

lock table user_nodes, user_node_origins, nodes in access exclusive mode;

do $gate$
declare
    shared text;
begin
    select string_agg(format('%s (%s users)', identifier, users), ', ' order by identifier)
      into shared
      from (select node.identifier,
                   count(*) as users
              from user_nodes assignment
              join nodes node on node.id = assignment.node_id
             group by node.identifier
            having count(*) > 1) several;
    if shared is not null then
        raise exception 'The first design holds one user for each node, and these nodes are shared: %', left(shared, 2000)
            using hint = 'Nothing was changed. Leave one assignment for each of them, then undo again.';
    end if;
end
$gate$;

create temporary table assignments_after on commit drop as
select *
  from user_nodes;

-- A new table, not columns added to the old one: so it has the columns in the order that they had before V7.
alter table user_nodes rename to user_nodes_with_nodes;

create table user_nodes (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    node_address varchar(255) not null,
    label varchar(255),
    gpu_type varchar(50),
    gcore_instance_id varchar(255),
    notes text,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

insert into user_nodes
       (id, user_id, node_address, label, gpu_type, gcore_instance_id, notes, is_active, created_at, updated_at)
select coalesce(origin.id, gen_random_uuid()),
       assignment.user_id,
       node.identifier,
       assignment.label,
       case
           when node.gpu_type is not distinct from coalesce(origin.node_before ->> 'gpu_type', origin.gpu_type)
               and origin.id is not null then origin.gpu_type
           else node.gpu_type
       end,
       case
           when node.gcore_instance_id
               is not distinct from coalesce(origin.node_before ->> 'gcore_instance_id', origin.gcore_instance_id)
               and origin.id is not null then origin.gcore_instance_id
           else node.gcore_instance_id
       end,
       assignment.notes,
       assignment.is_active,
       assignment.assigned_at,
       coalesce(origin.updated_at, assignment.assigned_at)
  from user_nodes_with_nodes assignment
  join nodes node on node.id = assignment.node_id
  left join user_node_origins origin on origin.user_id = assignment.user_id and origin.node_id = assignment.node_id;

-- Columns that this program does not know, of a database that it adopted, come along; so do rights given to others.
do $others$
declare
    other record;
begin
    for other in
        select attname as name,
               format_type(atttypid, atttypmod) as type
          from pg_attribute
         where attrelid = 'user_nodes_with_nodes'::regclass
           and attnum > 0
           and not attisdropped
           and attname not in
               ('user_id', 'node_id', 'assigned_at', 'assigned_by', 'label', 'notes', 'is_active')
         order by attnum
    loop
        execute format('alter table user_nodes add column %I %s', other.name, other.type);
        execute format(
            'update user_nodes target set %1$I = source.%1$I from user_nodes_with_nodes source, nodes node '
            'where node.id = source.node_id and source.user_id = target.user_id '
            'and node.identifier = target.node_address',
            other.name);
    end loop;
    for other in
        select privilege_type as name,
               case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end as grantee
          from pg_class, aclexplode(relacl)
         where oid = 'user_nodes_with_nodes'::regclass
           and grantee <> relowner
    loop
        execute format('grant %s on user_nodes to %s', other.name, other.grantee);
    end loop;
    execute format(
        'alter table user_nodes owner to %I',
        (select pg_get_userbyid(relowner) from pg_class where oid = 'user_nodes_with_nodes'::regclass));
end
$others$;

update nodes node
   set display_name = nullif(node.display_name, left(assignment.label, 100))
  from user_node_origins origin
  join user_nodes_with_nodes assignment
    on assignment.user_id = origin.user_id
   and assignment.node_id = origin.node_id
 where node.id = origin.node_id
   and origin.node_before is not null
   and origin.node_before ->> 'display_name' is null;

update nodes node
   set gpu_type = nullif(node.gpu_type, origin.gpu_type)
  from user_node_origins origin
 where node.id = origin.node_id
   and origin.node_before is not null
   and origin.node_before ->> 'gpu_type' is null;

update nodes node
   set gcore_instance_id = nullif(node.gcore_instance_id, origin.gcore_instance_id)
  from user_node_origins origin
 where node.id = origin.node_id
   and origin.node_before is not null
   and origin.node_before ->> 'gcore_instance_id' is null;

create temporary table nodes_made on commit drop as
select node_id
  from user_node_origins
 where node_before is null;

drop table user_node_origins;
drop table user_nodes_with_nodes;

delete from nodes
 where id in (select node_id from nodes_made)
   and id not in (select node_id from node_stats_cache)
   and id not in (select node_id from earnings_history);

alter table user_nodes
    add constraint user_nodes_pkey primary key (id),
    add constraint user_nodes_node_address_key unique (node_address),
    add constraint user_nodes_user_id_fkey foreign key (user_id) references users (id) on delete cascade;

create index idx_user_nodes_user_id on user_nodes (user_id);
create index idx_user_nodes_active on user_nodes (user_id) where is_active;

do $gate$
declare
    lost text;
begin
    select string_agg(format('user %s, node %s', after.user_id, after.node_id), ', ')
      into lost
      from assignments_after after
     where not exists (
           select
             from user_nodes back
            where back.user_id = after.user_id
              and (back.label, back.notes, back.is_active, back.created_at)
                  is not distinct from (after.label, after.notes, after.is_active, after.assigned_at));
    if lost is not null or (select count(*) from assignments_after) <> (select count(*) from user_nodes) then
        raise exception 'The way back would lose or change assignments: %', left(coalesce(lost, 'their number differs'), 2000)
            using hint = 'Nothing was changed. Look at triggers on user_nodes.';
    end if;
end
$gate$;
