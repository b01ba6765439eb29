-- A database that the portal's migrations made from nothing, all of them: users may have signed in by Telegram alone.

create extension if not exists "uuid-ossp";

create table migrations (
    id serial not null,
    "timestamp" bigint not null,
    name character varying not null,
    constraint "PK_8c82d7f526340ab734260ea46be" primary key (id)
);
insert into migrations ("timestamp", name)
values (1733759000000, 'CreateUserTables1733759000000'),
       (1734300000000, 'AddB200GpuType1734300000000');

create type users_role_enum as enum ('user', 'admin');
create type users_provider_enum as enum ('local', 'google', 'github', 'telegram');
create type users_kyc_status_enum as enum ('not_submitted', 'pending', 'verified', 'rejected');
create table users (
    id uuid not null default uuid_generate_v4(),
    email varchar(255),
    password varchar(255),
    name varchar(255),
    role users_role_enum not null default 'user',
    provider users_provider_enum not null default 'local',
    "googleId" varchar(255),
    "githubId" varchar(255),
    "avatarUrl" varchar(255),
    "isActive" boolean not null default true,
    "createdAt" timestamp with time zone not null default now(),
    "updatedAt" timestamp with time zone not null default now(),
    "emailVerified" boolean not null default true,
    "verificationCode" varchar(6),
    "verificationCodeExpiresAt" timestamp with time zone,
    "verificationAttempts" integer not null default 0,
    "verificationLockedUntil" timestamp with time zone,
    telegram_id varchar unique,
    telegram_username varchar,
    kyc_status users_kyc_status_enum not null default 'not_submitted',
    kyc_data jsonb,
    kyc_submitted_at timestamp with time zone,
    kyc_verified_at timestamp with time zone,
    kyc_rejection_reason text,
    constraint "PK_users" primary key (id),
    constraint "UQ_users_email" unique (email),
    constraint "UQ_users_googleId" unique ("googleId"),
    constraint "UQ_users_githubId" unique ("githubId")
);
create index idx_users_verification_code_expires_at on users ("verificationCodeExpiresAt")
    where "verificationCodeExpiresAt" is not null;
create index "IDX_users_telegram_id" on users (telegram_id) where telegram_id is not null;
create index "IDX_users_kyc_status" on users (kyc_status);

create table user_nodes (
    id uuid not null default uuid_generate_v4(),
    user_id uuid not null,
    node_address varchar(255) not null,
    label varchar(255),
    gpu_type varchar(50),
    gcore_instance_id varchar(255),
    notes text,
    is_active boolean not null default true,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint "PK_user_nodes" primary key (id),
    constraint "UQ_user_nodes_node_address" unique (node_address),
    constraint "FK_user_nodes_user" foreign key (user_id) references users (id) on delete cascade
);

create type node_requests_gpu_type_enum as enum ('A100', 'H100', 'H200');
create type node_requests_status_enum as enum ('pending', 'approved', 'rejected', 'completed');
create table node_requests (
    id uuid not null default uuid_generate_v4(),
    user_id uuid not null,
    gpu_type node_requests_gpu_type_enum not null,
    gpu_count integer not null default 1,
    region varchar(255),
    message text,
    status node_requests_status_enum not null default 'pending',
    admin_notes text,
    processed_by uuid,
    processed_at timestamp with time zone,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint "PK_node_requests" primary key (id),
    constraint "FK_node_requests_user" foreign key (user_id) references users (id) on delete cascade
);
create index idx_node_requests_user_id on node_requests (user_id);
create index idx_node_requests_status on node_requests (status);

create table nodes (
    id uuid not null default uuid_generate_v4(),
    identifier varchar(255) not null,
    identifier_type varchar(50) not null,
    display_name varchar(100),
    gpu_type varchar(50),
    region varchar(100),
    gcore_instance_id varchar(255),
    created_at timestamp with time zone not null default now(),
    constraint "UQ_d1a4e5bb3ac4cbb4b4d1a3d9a4b" unique (identifier),
    constraint "PK_682d6427523a0fa43d062ea03ee" primary key (id),
    constraint chk_identifier_type check (identifier_type in ('wallet', 'node_id', 'operator', 'validator'))
);
create index idx_nodes_identifier on nodes (identifier);
create index idx_nodes_gpu_type on nodes (gpu_type);

create table node_stats_cache (
    node_id uuid not null,
    status varchar(50),
    earnings_day numeric(20, 8),
    earnings_total numeric(20, 8),
    uptime_percent numeric(5, 2),
    tokens_per_sec numeric(10, 2),
    jobs_day integer,
    active_model varchar(255),
    voting_weight numeric(20, 8),
    source varchar(50),
    fetched_at timestamp with time zone not null default now(),
    constraint "PK_c0f1f7b0b3a5b0a2b1a3f2f9a0d" primary key (node_id),
    constraint "FK_c0f1f7b0b3a5b0a2b1a3f2f9a0d" foreign key (node_id) references nodes (id) on delete cascade
);
create index idx_node_stats_fetched on node_stats_cache (fetched_at);
create index idx_node_stats_status on node_stats_cache (status);

create table earnings_history (
    id uuid not null default uuid_generate_v4(),
    node_id uuid not null,
    date date not null,
    earnings_gnk numeric(20, 8) not null,
    source varchar(50),
    created_at timestamp with time zone not null default now(),
    constraint "PK_1b1f0a9d8c7b6a59483726150a4" primary key (id),
    constraint "FK_2c3d4e5f60718293a4b5c6d7e8f" foreign key (node_id) references nodes (id) on delete cascade,
    constraint uq_earnings_node_date unique (node_id, date)
);
create index idx_earnings_node_date on earnings_history (node_id, date desc);
create index idx_earnings_date on earnings_history (date desc);

create index idx_user_nodes_user_id on user_nodes (user_id);
create index idx_user_nodes_active on user_nodes (is_active) where is_active = true;
create index idx_requests_user_id on node_requests (user_id);
create index idx_requests_status on node_requests (status);
create index idx_requests_created_at on node_requests (created_at desc);
create index idx_users_role on users (role);
create index idx_users_is_active on users ("isActive") where "isActive" = true;

create table pricing_config (
    id uuid not null default uuid_generate_v4(),
    gpu_type varchar(50) not null,
    price_per_hour numeric(10, 4),
    is_contact_sales boolean not null default false,
    display_order integer not null default 0,
    is_active boolean not null default true,
    updated_by uuid,
    created_at timestamp with time zone not null default now(),
    updated_at timestamp with time zone not null default now(),
    constraint "UQ_pricing_gpu" unique (gpu_type),
    constraint "PK_pricing" primary key (id),
    constraint "FK_pricing_user" foreign key (updated_by) references users (id) on delete set null
);

create table refresh_tokens (
    id uuid not null default uuid_generate_v4(),
    user_id uuid not null,
    token_hash varchar(64) not null,
    expires_at timestamp with time zone not null,
    created_at timestamp with time zone not null default now(),
    revoked_at timestamp with time zone,
    constraint "PK_refresh_tokens" primary key (id),
    constraint "FK_refresh_tokens_user" foreign key (user_id) references users (id) on delete cascade
);
create index "IDX_refresh_tokens_user_id" on refresh_tokens (user_id);

insert into users (id, email, password, name, role, provider, "googleId", telegram_id, telegram_username, "createdAt", "updatedAt")
values ('00000000-0000-4000-8000-00000000000a', 'admin@minegnk.example', '$2b$12$C6UzMDM.H6dfI/f/IKcEeO', 'Admin', 'admin', 'local', null, null, null, '2025-12-10 09:00:00+00', '2025-12-10 09:00:00+00'),
       ('00000000-0000-4000-8000-00000000000b', 'g@example.org', null, 'G', 'user', 'google', '1077', null, null, '2025-12-10 10:00:00+00', '2025-12-10 10:00:00+00'),
       ('00000000-0000-4000-8000-00000000000c', null, null, 'Tele', 'user', 'telegram', null, '4242', 'tele', '2025-12-11 12:00:00+00', '2025-12-11 12:00:00+00');
insert into user_nodes (id, user_id, node_address, label, gpu_type, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-00000000000c', 'gonka1qyqszqgpqyqszqgpqyqszqgpqyqszqgpzxxq27', 'Rig', 'H100', '2025-12-11 13:00:00+00', '2025-12-11 13:00:00+00');
insert into node_requests (id, user_id, gpu_type, status, processed_by, processed_at, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-00000000000c', 'H200', 'approved', '00000000-0000-4000-8000-00000000000a', '2025-12-12 08:00:00+00', '2025-12-11 21:00:00+00', '2025-12-12 08:00:00+00');
insert into pricing_config (gpu_type, price_per_hour, display_order, updated_by)
values ('A100', 0.99, 1, null), ('B200', 3.50, 4, '00000000-0000-4000-8000-00000000000a');
insert into refresh_tokens (user_id, token_hash, expires_at)
values ('00000000-0000-4000-8000-00000000000c', repeat('ab', 32), '2026-12-11 12:00:00+00');
