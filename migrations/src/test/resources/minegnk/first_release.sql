-- The three tables of the portal's first release, as its object mapper synchronised them: nobody signs in elsewhere yet.

create extension if not exists "uuid-ossp";

create type users_role_enum as enum ('user', 'admin');
create table users (
    id uuid not null default uuid_generate_v4(),
    email character varying not null,
    password character varying not null,
    name character varying,
    role users_role_enum not null default 'user',
    "isActive" boolean not null default true,
    "createdAt" timestamp without time zone not null default now(),
    "updatedAt" timestamp without time zone not null default now(),
    constraint "UQ_97672ac88f789774dd47f7c8be3" unique (email),
    constraint "PK_a3ffb1c0c8416b9fc6f907b7433" primary key (id)
);

create table user_nodes (
    id uuid not null default uuid_generate_v4(),
    user_id uuid not null,
    node_address character varying not null,
    label character varying,
    gpu_type character varying,
    gcore_instance_id character varying,
    notes text,
    is_active boolean not null default true,
    created_at timestamp without time zone not null default now(),
    updated_at timestamp without time zone not null default now(),
    constraint "UQ_5e1c4ae2fd6ee1c8a34a5f0e9c1" unique (node_address),
    constraint "PK_0a5a6a3b1c4bd7d5a2d33ce9a55" primary key (id)
);

create type node_requests_gpu_type_enum as enum ('3080', '4090', 'H100', 'H200');
create type node_requests_status_enum as enum ('pending', 'approved', 'rejected', 'completed');
create table node_requests (
    id uuid not null default uuid_generate_v4(),
    user_id uuid not null,
    gpu_type node_requests_gpu_type_enum not null,
    gpu_count integer not null default '1',
    region character varying,
    message text,
    status node_requests_status_enum not null default 'pending',
    admin_notes text,
    processed_by character varying,
    processed_at timestamp without time zone,
    created_at timestamp without time zone not null default now(),
    updated_at timestamp without time zone not null default now(),
    constraint "PK_7b29d3d2b2c4ab1e5c7f8ee0bd2" primary key (id)
);

alter table user_nodes
    add constraint "FK_1f2d3c4b5a69788796a5b4c3d2e" foreign key (user_id) references users (id)
        on delete no action on update no action;
alter table node_requests
    add constraint "FK_9e8d7c6b5a49382716051423324" foreign key (user_id) references users (id)
        on delete no action on update no action;

insert into users (id, email, password, name, role, "isActive", "createdAt", "updatedAt")
values ('00000000-0000-4000-8000-00000000000a', 'admin@minegnk.example', '$2b$12$C6UzMDM.H6dfI/f/IKcEeO', 'Admin', 'admin', true, '2025-12-08 18:00:00.123456', '2025-12-08 18:00:00.123456'),
       ('00000000-0000-4000-8000-00000000000b', 'miner@example.org', '$2b$12$Q9UzMDM.H6dfI/f/IKcEeP', null, 'user', false, '2025-12-08 19:30:00', '2025-12-09 07:00:00');
insert into user_nodes (id, user_id, node_address, label, gpu_type, gcore_instance_id, notes, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-00000000000b', 'gonka1qyqszqgpqyqszqgpqyqszqgpqyqszqgpzxxq27', 'Rig', '4090', 'inst-1', null, '2025-12-08 20:00:00', '2025-12-08 20:00:00');
insert into node_requests (id, user_id, gpu_type, gpu_count, region, message, status, processed_by, processed_at, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-00000000000b', '3080', 2, 'Luxembourg', 'please', 'completed', '00000000-0000-4000-8000-00000000000a', '2025-12-09 08:00:00', '2025-12-08 21:00:00', '2025-12-09 08:00:00');
