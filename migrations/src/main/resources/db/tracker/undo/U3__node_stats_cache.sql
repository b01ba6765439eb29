-- U3: the way back of V3
-- Locks: access exclusive on node_stats_cache and nodes
-- Data: the cache is lost; trackers fill it again within minutes once it is back
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop table node_stats_cache;
