-- Converts the tables and columns of later MineGNK databases to the schema of V2 to V6.
-- Lock timeout: 5s
-- Statement timeout: 30min

select pg_temp.set_column('nodes', 'id', 'uuid', true, 'gen_random_uuid()');
select pg_temp.set_column('nodes', 'identifier', 'character varying(255)', true);
select pg_temp.set_column('nodes', 'identifier_type', 'character varying(50)', true);
select pg_temp.set_column('nodes', 'display_name', 'character varying(100)', false);
select pg_temp.set_column('nodes', 'gpu_type', 'character varying(50)', false);
select pg_temp.set_column('nodes', 'region', 'character varying(100)', false);
select pg_temp.set_column('nodes', 'gcore_instance_id', 'character varying(255)', false);
select pg_temp.set_column('nodes', 'created_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_constraint('nodes', 'nodes_pkey', 'p', array['id'], 'primary key (id)');
select pg_temp.set_constraint('nodes', 'nodes_identifier_key', 'u', array['identifier'], 'unique (identifier)');
select pg_temp.set_check('nodes', 'chk_identifier_type',
    'identifier_type in (''wallet'', ''node_id'', ''operator'', ''validator'')');
select pg_temp.set_index('idx_nodes_identifier', 'nodes', '(identifier)');
select pg_temp.set_index('idx_nodes_gpu_type', 'nodes', '(gpu_type)');

select pg_temp.set_column('node_stats_cache', 'node_id', 'uuid', true);
select pg_temp.set_column('node_stats_cache', 'status', 'character varying(50)', false);
select pg_temp.set_column('node_stats_cache', 'earnings_day', 'numeric(20,8)', false);
select pg_temp.set_column('node_stats_cache', 'earnings_total', 'numeric(20,8)', false);
select pg_temp.set_column('node_stats_cache', 'uptime_percent', 'numeric(5,2)', false);
select pg_temp.set_column('node_stats_cache', 'tokens_per_sec', 'numeric(10,2)', false);
select pg_temp.set_column('node_stats_cache', 'jobs_day', 'integer', false);
select pg_temp.set_column('node_stats_cache', 'active_model', 'character varying(255)', false);
select pg_temp.set_column('node_stats_cache', 'voting_weight', 'numeric(20,8)', false);
select pg_temp.set_column('node_stats_cache', 'source', 'character varying(50)', false);
select pg_temp.set_column('node_stats_cache', 'fetched_at', 'timestamp with time zone', false, 'now()');
select pg_temp.set_constraint('node_stats_cache', 'node_stats_cache_pkey', 'p', array['node_id'], 'primary key (node_id)');
select pg_temp.set_constraint('node_stats_cache', 'node_stats_cache_node_id_fkey', 'f', array['node_id'],
    'foreign key (node_id) references nodes (id) on delete cascade');
select pg_temp.set_index('idx_node_stats_fetched', 'node_stats_cache', '(fetched_at)');
select pg_temp.set_index('idx_node_stats_status', 'node_stats_cache', '(status)');

select pg_temp.set_column('earnings_history', 'id', 'uuid', true, 'gen_random_uuid()');
select pg_temp.set_column('earnings_history', 'node_id', 'uuid', true);
select pg_temp.set_column('earnings_history', 'date', 'date', true);
select pg_temp.set_column('earnings_history', 'earnings_gnk', 'numeric(20,8)', true);
select pg_temp.set_column('earnings_history', 'source', 'character varying(50)', false);
select pg_temp.set_column('earnings_history', 'created_at', 'timestamp with time zone', false, 'now()');
select pg_temp.set_constraint('earnings_history', 'earnings_history_pkey', 'p', array['id'], 'primary key (id)');
select pg_temp.set_constraint('earnings_history', 'uq_earnings_node_date', 'u', array['node_id', 'date'], 'unique (node_id, date)');
select pg_temp.set_constraint('earnings_history', 'earnings_history_node_id_fkey', 'f', array['node_id'],
    'foreign key (node_id) references nodes (id) on delete cascade');
select pg_temp.set_index('idx_earnings_node_date', 'earnings_history', '(node_id, date desc)');
select pg_temp.set_index('idx_earnings_date', 'earnings_history', '(date desc)');

select pg_temp.set_index('idx_user_nodes_user_id', 'user_nodes', '(user_id)');
select pg_temp.set_index('idx_user_nodes_active', 'user_nodes', '(user_id) where is_active');
select pg_temp.set_index('idx_requests_user_id', 'node_requests', '(user_id)');
select pg_temp.set_index('idx_requests_status', 'node_requests', '(status)');
select pg_temp.set_index('idx_requests_created_at', 'node_requests', '(created_at desc)');
select pg_temp.set_index('idx_users_role', 'users', '(role)');
select pg_temp.set_index('idx_users_is_active', 'users', '(id) where is_active');

select pg_temp.set_column('users', 'telegram', 'character varying(100)', false);
select pg_temp.set_column('users', 'discord', 'character varying(100)', false);
select pg_temp.set_column('users', 'currency_preference', 'character varying(10)', false, '''USD''');
