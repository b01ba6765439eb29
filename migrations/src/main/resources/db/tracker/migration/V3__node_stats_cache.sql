-- V3: the newest stats of each node
-- Locks: a short share row exclusive lock on nodes, for the foreign key
-- Way back: drops the cache; trackers fill it again within minutes
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

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
    fetched_at timestamptz default now(),
    constraint node_stats_cache_pkey primary key (node_id),
    constraint node_stats_cache_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade
);

create index idx_node_stats_fetched on node_stats_cache (fetched_at);
create index idx_node_stats_status on node_stats_cache (status);
