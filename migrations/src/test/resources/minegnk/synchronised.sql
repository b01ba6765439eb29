-- The newest release's tables as its object mapper synchronises them: named indexes, no migrations, no tables of nodes.

create extension if not exists "uuid-ossp";

create type users_role_enum as enum ('user', 'admin');
create type users_provider_enum as enum ('local', 'google', 'github', 'telegram');
create table users (
    id uuid not null default uuid_generate_v4(),
    email character varying,
    password character varying,
    name character varying,
    role users_role_enum not null default 'user',
    provider users_provider_enum not null default 'local',
    "googleId" character varying,
    "githubId" character varying,
    telegram_id character varying,
    telegram_username character varying,
    "avatarUrl" character varying,
    "isActive" boolean not null default true,
    "emailVerified" boolean not null default true,
    "createdAt" timestamp without time zone not null default now(),
    "updatedAt" timestamp without time zone not null default now(),
    constraint "UQ_97672ac88f789774dd47f7c8be3" unique (email),
    constraint "UQ_f382af58ab36057334fb262efd5" unique ("googleId"),
    constraint "UQ_42148de213279d66bf94b363bf2" unique ("githubId"),
    constraint "UQ_1a1e4649fd31ea6ec6b025c7bfc" unique (telegram_id),
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
    constraint "PK_0a5a6a3b1c4bd7d5a2d33ce9a55" primary key (id),
    constraint "FK_1f2d3c4b5a69788796a5b4c3d2e" foreign key (user_id) references users (id)
);
create index idx_user_nodes_user_id on user_nodes (user_id);

create type node_requests_gpu_type_enum as enum ('A100', 'H100', 'H200');
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
    constraint "PK_7b29d3d2b2c4ab1e5c7f8ee0bd2" primary key (id),
    constraint "FK_9e8d7c6b5a49382716051423324" foreign key (user_id) references users (id)
);
create index idx_node_requests_user_id on node_requests (user_id);
create index idx_node_requests_status on node_requests (status);

insert into users (id, email, password, provider, telegram_id, "createdAt", "updatedAt")
values ('00000000-0000-4000-8000-00000000000a', 'admin@minegnk.example', '$2b$12$C6UzMDM.H6dfI/f/IKcEeO', 'local', null, '2025-12-10 09:00:00', '2025-12-10 09:00:00'),
       ('00000000-0000-4000-8000-00000000000c', null, null, 'telegram', '4242', '2025-12-11 12:00:00', '2025-12-11 12:00:00');
insert into user_nodes (id, user_id, node_address, label, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-00000000000c', 'gonka1qyqszqgpqyqszqgpqyqszqgpqyqszqgpzxxq27', 'Rig', '2025-12-11 13:00:00', '2025-12-11 13:00:00');
insert into node_requests (id, user_id, gpu_type, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-00000000000c', 'H200', '2025-12-11 21:00:00', '2025-12-11 21:00:00');
