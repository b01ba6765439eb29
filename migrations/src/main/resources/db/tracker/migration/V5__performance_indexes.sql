-- V5: indexes for the portal's lists and filters
-- Locks: share update exclusive on one table at a time; reads and writes go on
-- Way back: drops the indexes; no data is touched
-- Lock timeout: 5min (a concurrent build waits for older transactions, and holds up nobody while it does)
-- Statement timeout: 30min
-- Transaction: no

create index concurrently idx_user_nodes_user_id on user_nodes (user_id);
create index concurrently idx_user_nodes_active on user_nodes (user_id) where is_active;
create index concurrently idx_requests_user_id on node_requests (user_id);
create index concurrently idx_requests_status on node_requests (status);
create index concurrently idx_requests_created_at on node_requests (created_at desc);
create index concurrently idx_users_role on users (role);
create index concurrently idx_users_is_active on users (id) where is_active;
