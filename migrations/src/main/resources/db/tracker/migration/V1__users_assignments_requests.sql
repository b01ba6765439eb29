-- V1: users, their nodes and their requests, as the portal first designed them
-- Locks: none that anyone could wait for; everything here is new
-- Way back: drops the three tables; their rows are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

create type users_role_enum as enum ('user', 'admin');
create type users_provider_enum as enum ('local', 'google', 'github');

create table users (
    id uuid not null default gen_random_uuid(),
    email varchar(255) not null,
    password varchar(255),
    name varchar(255),
    role users_role_enum not null default 'user',
    provider users_provider_enum not null default 'local',
    google_id varchar(255),
    github_id varchar(255),
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint users_pkey primary key (id),
    constraint users_email_key unique (email),
    constraint users_google_id_key unique (google_id),
    constraint users_github_id_key unique (github_id),
    constraint chk_users_local_password check (provider <> 'local' or password is not null)
);

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
    updated_at timestamptz not null default now(),
    constraint user_nodes_pkey primary key (id),
    constraint user_nodes_node_address_key unique (node_address),
    constraint user_nodes_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);

create type node_requests_gpu_type_enum as enum ('A100', 'H100', 'H200');
create type node_requests_status_enum as enum ('pending', 'approved', 'rejected', 'completed');

create table node_requests (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    gpu_type node_requests_gpu_type_enum not null,
    gpu_count integer not null default 1,
    region varchar(255),
    message text,
    status node_requests_status_enum not null default 'pending',
    admin_notes text,
    processed_by varchar,
    processed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint node_requests_pkey primary key (id),
    constraint node_requests_user_id_fkey foreign key (user_id) references users (id) on delete cascade
);
