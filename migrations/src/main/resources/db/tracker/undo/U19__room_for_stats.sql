-- U19: the way back of V19
-- Locks: share on node_stats_cache while the index is built, less than a second per 100,000 nodes; then access exclusive, for
--     milliseconds
-- Data: none is touched
-- Lock timeout: 5s
-- Statement timeout: 5min
-- Transaction: yes

create index idx_node_stats_fetched on node_stats_cache (fetched_at);
comment on index idx_node_stats_fetched is 'Newest or oldest stats: sort by fetchedAt';

alter table node_stats_cache reset (fillfactor);
