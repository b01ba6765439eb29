-- What the portal's own migrations add to its first three tables, with a bookkeeping table and foreign objects.

create table migrations (
    id serial primary key,
    "timestamp" bigint not null,
    name character varying not null
);
insert into migrations ("timestamp", name)
values (1700000000001, 'InitialSchema1700000000001'),
       (1700000000002, 'CreateNodes1700000000002'),
       (1700000000003, 'CreateNodeStatsCache1700000000003'),
       (1700000000004, 'CreateEarningsHistory1700000000004'),
       (1700000000005, 'AddIndexes1700000000005');

create table nodes (
    id uuid primary key default gen_random_uuid(),
    identifier varchar(255) not null unique,
    identifier_type varchar(50) not null constraint chk_identifier_type check (identifier_type in ('wallet', 'node_id', 'operator', 'validator')),
    display_name varchar(100),
    gpu_type varchar(50),
    region varchar(100),
    gcore_instance_id varchar(255),
    created_at timestamp not null default now(),
    rack integer
);
create index idx_nodes_identifier on nodes (identifier);
create index idx_nodes_gpu_type on nodes (gpu_type);

create table node_stats_cache (
    node_id uuid primary key references nodes (id) on delete cascade,
    status varchar(50),
    earnings_day decimal(20, 8),
    earnings_total decimal(20, 8),
    uptime_percent decimal(5, 2),
    tokens_per_sec decimal(10, 2),
    jobs_day integer,
    active_model varchar(255),
    voting_weight decimal(20, 8),
    source varchar(50),
    fetched_at timestamp default now()
);
create index idx_node_stats_fetched on node_stats_cache (fetched_at);

create table earnings_history (
    id uuid primary key default gen_random_uuid(),
    node_id uuid not null references nodes (id) on delete cascade,
    date date not null,
    earnings_gnk decimal(20, 8) not null,
    source varchar(50),
    created_at timestamp default now(),
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

-- Not the portal's, as far as anybody here knows.
create table audit_log (
    happened_at timestamp without time zone,
    user_id uuid references users (id),
    what jsonb
);
insert into audit_log
values ('2025-01-01 00:00:00', '00000000-0000-4000-8000-00000000000a', '{"signed": "in"}'),
       (null, null, null);

insert into nodes (id, identifier, identifier_type, display_name, gpu_type, region, created_at, rack)
values ('00000000-0000-4000-8000-0000000000d1', 'gonka1active', 'wallet', 'Known before', null, 'Tokyo', '2024-12-31 23:59:59', 7),
       ('00000000-0000-4000-8000-0000000000d2', 'gonkavaloper1other', 'operator', null, null, null, '2025-01-01', null);
insert into node_stats_cache (node_id, status, earnings_day, uptime_percent, source, fetched_at)
values ('00000000-0000-4000-8000-0000000000d1', 'healthy', 1.23456789, 99.99, 'hyperfusion', '2025-06-30 12:34:56');
insert into earnings_history (id, node_id, date, earnings_gnk, source, created_at)
values ('00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000d1', '2025-06-29', 123456789012.12345678, 'hyperfusion', '2025-06-30 00:10:00'),
       ('00000000-0000-4000-8000-0000000000e2', '00000000-0000-4000-8000-0000000000d1', '2025-06-30', 0, null, null);
