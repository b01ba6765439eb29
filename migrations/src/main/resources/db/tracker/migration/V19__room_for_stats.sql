-- V19: room in each page of node_stats_cache, and no index on what every poll changes, so that a poll writes no index
-- Locks: access exclusive on node_stats_cache, for milliseconds
-- Way back: builds the index again
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

-- Nothing asks for stats by their time alone, and with it each update of a row added an entry to all three indexes.
drop index idx_node_stats_fetched;

alter table node_stats_cache set (fillfactor = 70);
