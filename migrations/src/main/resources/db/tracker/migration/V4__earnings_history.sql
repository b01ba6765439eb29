-- V4: what each node earned on each UTC day
-- Locks: a short share row exclusive lock on nodes, for the foreign key
-- Way back: drops the history; its rows are lost (earnings-aggregator rebuilds what the topics still hold)
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

create table earnings_history (
    id uuid not null default gen_random_uuid(),
    node_id uuid not null,
    date date not null,
    earnings_gnk numeric(20, 8) not null,
    source varchar(50),
    created_at timestamptz default now(),
    constraint earnings_history_pkey primary key (id),
    constraint uq_earnings_node_date unique (node_id, date),
    constraint earnings_history_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade
);

create index idx_earnings_node_date on earnings_history (node_id, date desc);
create index idx_earnings_date on earnings_history (date desc);
