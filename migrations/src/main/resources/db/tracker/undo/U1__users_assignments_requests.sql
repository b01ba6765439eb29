-- U1: the way back of V1
-- Locks: access exclusive on users, user_nodes and node_requests
-- Data: users, assignments and requests are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop table node_requests;
drop table user_nodes;
drop table users;
drop type node_requests_status_enum;
drop type node_requests_gpu_type_enum;
drop type users_provider_enum;
drop type users_role_enum;
