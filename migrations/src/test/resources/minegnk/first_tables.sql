-- The portal's first three tables as its object mapper made them, with rows that are easy to lose.

create extension if not exists pgcrypto;

create type users_role_enum as enum ('user', 'admin');
create type users_provider_enum as enum ('local', 'google', 'github');
create table users (
    id uuid not null default gen_random_uuid(),
    email character varying not null,
    password character varying,
    name character varying,
    "avatarUrl" character varying,
    role users_role_enum not null default 'user',
    provider users_provider_enum not null default 'local',
    "googleId" character varying,
    "githubId" character varying,
    "isActive" boolean not null default true,
    "createdAt" timestamp without time zone not null default now(),
    "updatedAt" timestamp without time zone not null default now(),
    constraint "PK_a3ffb1c0c8416b9fc6f907b7433" primary key (id),
    constraint "UQ_97672ac88f789774dd47f7c8be3" unique (email),
    constraint "UQ_f382af58ab36057334fb262efd5" unique ("googleId")
);

create table user_nodes (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    node_address character varying not null,
    label character varying,
    gpu_type character varying,
    gcore_instance_id character varying,
    notes text,
    is_active boolean not null default true,
    created_at timestamp without time zone not null default now(),
    updated_at timestamp without time zone not null default now(),
    colour character varying default 'grey',
    constraint "PK_b1" primary key (id),
    constraint "UQ_b2" unique (node_address),
    constraint "FK_b3" foreign key (user_id) references users (id) on delete cascade
);

create type node_requests_gpu_type_enum as enum ('3080', '4090', 'H100', 'H200');
create type node_requests_status_enum as enum ('pending', 'approved', 'rejected', 'completed');
create table node_requests (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    gpu_type node_requests_gpu_type_enum not null,
    gpu_count integer not null default 1,
    region character varying,
    message text,
    status node_requests_status_enum not null default 'pending',
    admin_notes text,
    processed_by character varying,
    processed_at timestamp without time zone,
    created_at timestamp without time zone not null default now(),
    updated_at timestamp without time zone not null default now(),
    constraint "PK_c1" primary key (id),
    constraint "FK_c2" foreign key (user_id) references users (id)
);

insert into users (id, email, password, name, "avatarUrl", role, provider, "googleId", "isActive", "createdAt", "updatedAt")
values ('00000000-0000-4000-8000-00000000000a', 'alice@example.com', '$2b$10$hash', null, 'https://example.com/a.png', 'admin', 'local', null, true, '2025-01-01 10:00:00', '2025-06-01 10:00:00.123456'),
       ('00000000-0000-4000-8000-00000000000b', 'bob@example.com', null, 'Bob ''B'' "Builder"', null, 'user', 'google', 'g-17', false, '2025-02-01 23:30:00', '2025-02-01 23:30:00'),
       ('00000000-0000-4000-8000-00000000000c', 'no-password@example.com', null, null, null, 'user', 'local', null, true, '2025-03-01', '2025-03-01');

insert into user_nodes (id, user_id, node_address, label, gpu_type, gcore_instance_id, notes, is_active, created_at, updated_at, colour)
values ('00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-00000000000a', 'gonka1active', repeat('x', 255), 'H100', 'i-1', E'line one\nline two', true, '2025-04-01 01:02:03', '2025-04-02 01:02:03', 'red'),
       ('00000000-0000-4000-8000-0000000000a2', '00000000-0000-4000-8000-00000000000a', 'gonka1inactive', null, null, null, null, false, '2025-04-03', '2025-04-04', 'grey'),
       ('00000000-0000-4000-8000-0000000000b1', '00000000-0000-4000-8000-00000000000b', 'GONKA1UPPER', 'Bob''s', '4090', null, '', true, '2025-04-05', '2025-04-06', null);

insert into node_requests (id, user_id, gpu_type, gpu_count, region, message, status, admin_notes, processed_by, processed_at, created_at, updated_at)
values ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-00000000000a', '3080', 2, 'Luxembourg', 'please', 'approved', 'done', 'alice@example.com', '2025-05-01 12:00:00', '2025-05-01', '2025-05-01'),
       ('00000000-0000-4000-8000-0000000000c2', '00000000-0000-4000-8000-00000000000b', 'H200', 1, null, null, 'rejected', null, 'former employee', '2025-05-02 12:00:00', '2025-05-02', '2025-05-02'),
       ('00000000-0000-4000-8000-0000000000c3', '00000000-0000-4000-8000-00000000000b', '4090', 1, null, null, 'pending', null, null, null, '2025-05-03', '2025-05-03');
