-- V2: nodes of the network, known by their identifier
-- Locks: none that anyone could wait for; everything here is new
-- Way back: drops nodes; their rows are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

create table nodes (
    id uuid not null default gen_random_uuid(),
    identifier varchar(255) not null,
    identifier_type varchar(50) not null,
    display_name varchar(100),
    gpu_type varchar(50),
    region varchar(100),
    gcore_instance_id varchar(255),
    created_at timestamptz not null default now(),
    constraint nodes_pkey primary key (id),
    constraint nodes_identifier_key unique (identifier),
    constraint chk_identifier_type check (identifier_type in ('wallet', 'node_id', 'operator', 'validator'))
);

create index idx_nodes_identifier on nodes (identifier);
create index idx_nodes_gpu_type on nodes (gpu_type);
