-- What the portal's first five migrations added to a synchronised database.

create table migrations (
    id serial not null,
    "timestamp" bigint not null,
    name character varying not null,
    constraint "PK_8c82d7f526340ab734260ea46be" primary key (id)
);
insert into migrations ("timestamp", name)
values (1733760000000, 'CreateNodesTable1733760000000'),
       (1733760001000, 'CreateNodeStatsCacheTable1733760001000'),
       (1733760002000, 'CreateEarningsHistoryTable1733760002000'),
       (1733760003000, 'AddPerformanceIndexes1733760003000'),
       (1733760004000, 'AddMissingUserColumns1733760004000');

create table nodes (
    id uuid not null default uuid_generate_v4(),
    identifier character varying(255) not null,
    identifier_type character varying(50) not null,
    display_name character varying(100),
    gpu_type character varying(50),
    region character varying(100),
    gcore_instance_id character varying(255),
    created_at timestamp with time zone not null default now(),
    constraint "UQ_d1a4e5bb3ac4cbb4b4d1a3d9a4b" unique (identifier),
    constraint "PK_682d6427523a0fa43d062ea03ee" primary key (id)
);
alter table nodes
    add constraint chk_identifier_type check (identifier_type in ('wallet', 'node_id', 'operator', 'validator'));
create index idx_nodes_identifier on nodes (identifier);
create index idx_nodes_gpu_type on nodes (gpu_type);

create table node_stats_cache (
    node_id uuid not null,
    status character varying(50),
    earnings_day numeric(20, 8),
    earnings_total numeric(20, 8),
    uptime_percent numeric(5, 2),
    tokens_per_sec numeric(10, 2),
    jobs_day integer,
    active_model character varying(255),
    voting_weight numeric(20, 8),
    source character varying(50),
    fetched_at timestamp with time zone not null default now(),
    constraint "PK_c0f1f7b0b3a5b0a2b1a3f2f9a0d" primary key (node_id)
);
alter table node_stats_cache
    add constraint "FK_c0f1f7b0b3a5b0a2b1a3f2f9a0d" foreign key (node_id) references nodes (id) on delete cascade;
create index idx_node_stats_fetched on node_stats_cache (fetched_at);
create index idx_node_stats_status on node_stats_cache (status);

create table earnings_history (
    id uuid not null default uuid_generate_v4(),
    node_id uuid not null,
    date date not null,
    earnings_gnk numeric(20, 8) not null,
    source character varying(50),
    created_at timestamp with time zone not null default now(),
    constraint "PK_1b1f0a9d8c7b6a59483726150a4" primary key (id)
);
alter table earnings_history
    add constraint "FK_2c3d4e5f60718293a4b5c6d7e8f" foreign key (node_id) references nodes (id) on delete cascade;
alter table earnings_history
    add constraint uq_earnings_node_date unique (node_id, date);
create index idx_earnings_node_date on earnings_history (node_id, date desc);
create index idx_earnings_date on earnings_history (date desc);

create index idx_user_nodes_user_id on user_nodes (user_id);
create index idx_user_nodes_active on user_nodes (is_active) where is_active = true;
create index idx_requests_user_id on node_requests (user_id);
create index idx_requests_status on node_requests (status);
create index idx_requests_created_at on node_requests (created_at desc);
create index idx_users_role on users (role);
create index idx_users_is_active on users ("isActive") where "isActive" = true;

alter table users add telegram character varying(100);
alter table users add discord character varying(100);
alter table users add currency_preference character varying(10) not null default 'USD';

insert into nodes (id, identifier, identifier_type, display_name)
values ('00000000-0000-4000-8000-0000000000d1', 'gonka1qyqszqgpqyqszqgpqyqszqgpqyqszqgpzxxq27', 'wallet', null);
insert into node_stats_cache (node_id, status, earnings_day, fetched_at)
values ('00000000-0000-4000-8000-0000000000d1', 'healthy', 1.5, '2025-12-09 10:00:00+00');
insert into earnings_history (id, node_id, date, earnings_gnk, source, created_at)
values ('00000000-0000-4000-8000-0000000000e1', '00000000-0000-4000-8000-0000000000d1', '2025-12-09', 48.55203174, 'hyperfusion', '2025-12-09 23:59:00+00');
