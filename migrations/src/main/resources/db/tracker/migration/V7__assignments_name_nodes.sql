-- V7: an assignment names a node instead of carrying an address, so that several users can share a node
-- Locks: access exclusive on user_nodes and share row exclusive on nodes, for the whole move (a second per 100,000 rows)
-- Way back: every assignment returns to the first design, labels, notes and ids included. It is refused while two
--     users share a node, which the first design cannot hold
-- Lock timeout: 5s
-- Statement timeout: 10min
-- Transaction: yes

lock table user_nodes in access exclusive mode;
lock table nodes in share row exclusive mode;

create temporary table assignments_before on commit drop as
select *
  from user_nodes;

create table user_node_origins (
    user_id uuid not null,
    node_id uuid not null,
    id uuid not null,
    node_address varchar(255) not null,
    gpu_type varchar(50),
    gcore_instance_id varchar(255),
    updated_at timestamptz not null,
    node_before jsonb
);

insert into user_node_origins (user_id, node_id, id, node_address, gpu_type, gcore_instance_id, updated_at, node_before)
select assignment.user_id,
       coalesce(node.id, gen_random_uuid()),
       assignment.id,
       assignment.node_address,
       assignment.gpu_type,
       assignment.gcore_instance_id,
       assignment.updated_at,
       case
           when node.id is not null then jsonb_build_object(
               'display_name', node.display_name,
               'gpu_type', node.gpu_type,
               'gcore_instance_id', node.gcore_instance_id)
       end
  from user_nodes assignment
  left join nodes node on node.identifier = assignment.node_address;

-- A node that was there before keeps what it knows; an assignment only fills what it does not.
insert into nodes as node (id, identifier, identifier_type, display_name, gpu_type, gcore_instance_id, created_at)
select origin.node_id,
       origin.node_address,
       case
           when origin.node_address ilike 'gonkavaloper1%' then 'operator'
           when origin.node_address ilike 'gonkavalcons1%' then 'validator'
           when origin.node_address ilike 'gonka1%' then 'wallet'
           else 'node_id'
       end,
       left(assignment.label, 100),
       origin.gpu_type,
       origin.gcore_instance_id,
       assignment.created_at
  from user_node_origins origin
  join user_nodes assignment on assignment.id = origin.id
    on conflict (identifier) do update
   set display_name = coalesce(node.display_name, excluded.display_name),
       gpu_type = coalesce(node.gpu_type, excluded.gpu_type),
       gcore_instance_id = coalesce(node.gcore_instance_id, excluded.gcore_instance_id);

alter table user_nodes
    add column node_id uuid;

update user_nodes assignment
   set node_id = node.id
  from nodes node
 where node.identifier = assignment.node_address;

-- A row that found no node must reach the gate below, which names it; not null would only say that there is one.
do $gate$
declare
    lost text;
begin
    select string_agg(format('%s (%s of user %s)', before.id, before.node_address, before.user_id), ', ' order by before.id)
      into lost
      from assignments_before before
      left join user_nodes assignment on assignment.id = before.id
      left join nodes node on node.id = assignment.node_id
     where node.identifier is distinct from before.node_address
        or (assignment.user_id, assignment.label, assignment.notes, assignment.is_active, assignment.created_at)
           is distinct from (before.user_id, before.label, before.notes, before.is_active, before.created_at)
        or (before.label is not null and node.display_name is null)
        or (before.gpu_type is not null and node.gpu_type is null)
        or (before.gcore_instance_id is not null and node.gcore_instance_id is null);
    if lost is not null then
        raise exception 'The move of assignments to nodes would lose or change rows of user_nodes: %', left(lost, 2000)
            using hint = 'Nothing was changed. Look at these rows, and at triggers on nodes and user_nodes.';
    end if;
end
$gate$;

alter table user_nodes
    drop constraint user_nodes_pkey,
    drop column id,
    drop column node_address,
    drop column gpu_type,
    drop column gcore_instance_id,
    drop column updated_at,
    add column assigned_by uuid,
    add constraint user_nodes_pkey primary key (user_id, node_id),
    add constraint user_nodes_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade,
    add constraint user_nodes_assigned_by_fkey foreign key (assigned_by) references users (id) on delete set null;

alter table user_nodes
    rename column created_at to assigned_at;

alter table user_node_origins
    add constraint user_node_origins_pkey primary key (user_id, node_id),
    add constraint user_node_origins_assignment_fkey
        foreign key (user_id, node_id) references user_nodes (user_id, node_id) on delete cascade;

create index idx_user_nodes_node_id on user_nodes (node_id);

do $gate$
declare
    rows_before bigint;
    rows_after bigint;
begin
    select count(*)
      into rows_before
      from assignments_before;
    select count(*)
      into rows_after
      from user_nodes;
    if rows_before <> rows_after then
        raise exception 'The move of assignments to nodes began with % rows of user_nodes and ended with %',
            rows_before, rows_after
            using hint = 'Nothing was changed. Look at triggers and rules on user_nodes.';
    end if;
    raise notice '% assignments moved to nodes, inactive ones included', rows_after;
end
$gate$;
