-- U5: the way back of V5; also clears up after a V5 that was cut short
-- Locks: share update exclusive on one table at a time; reads and writes go on
-- Data: none is touched
-- Lock timeout: 5min
-- Statement timeout: 30min
-- Transaction: no

drop index concurrently if exists idx_users_is_active;
drop index concurrently if exists idx_users_role;
drop index concurrently if exists idx_requests_created_at;
drop index concurrently if exists idx_requests_status;
drop index concurrently if exists idx_requests_user_id;
drop index concurrently if exists idx_user_nodes_active;
drop index concurrently if exists idx_user_nodes_user_id;
