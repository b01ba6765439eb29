-- Converts the three tables of every MineGNK database to the schema of V1.
-- Lock timeout: 5s
-- Statement timeout: 30min

select pg_temp.set_enum('users_role_enum', array['user', 'admin'], 'users', 'role');
select pg_temp.set_enum('users_provider_enum', array['local', 'google', 'github'], 'users', 'provider');
select pg_temp.set_enum('node_requests_gpu_type_enum', array['A100', 'H100', 'H200', '3080', '4090'], 'node_requests', 'gpu_type');
select pg_temp.set_enum('node_requests_status_enum', array['pending', 'approved', 'rejected', 'completed'], 'node_requests', 'status');

select pg_temp.set_column('users', 'id', 'uuid', true, 'gen_random_uuid()');
select pg_temp.set_column('users', 'password', 'character varying(255)', false);
select pg_temp.set_column('users', 'name', 'character varying(255)', false);
select pg_temp.set_column('users', 'role', 'users_role_enum', true, '''user''');
select pg_temp.set_column('users', 'provider', 'users_provider_enum', true, '''local''');
select pg_temp.set_column('users', 'google_id', 'character varying(255)', false);
select pg_temp.set_column('users', 'github_id', 'character varying(255)', false);
select pg_temp.set_column('users', 'is_active', 'boolean', true, 'true');
select pg_temp.set_column('users', 'created_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_column('users', 'updated_at', 'timestamp with time zone', true, 'now()');

-- Users of an external login may have no e-mail; the column is required if every row has one.
do $email$
begin
    perform pg_temp.refuse_rows('users', 'email is null and provider = ''local''', 'email is missing');
    if exists (select from users where email is null) then
        raise notice 'allow null in users.email for users with an external login';
        perform pg_temp.set_column('users', 'email', 'character varying(255)', false);
        perform pg_temp.set_check('users', 'chk_users_email', 'email is not null or provider <> ''local''');
    else
        perform pg_temp.set_column('users', 'email', 'character varying(255)', true);
    end if;
end
$email$;

select pg_temp.set_constraint('users', 'users_pkey', 'p', array['id'], 'primary key (id)');
select pg_temp.set_constraint('users', 'users_email_key', 'u', array['email'], 'unique (email)');
select pg_temp.set_constraint('users', 'users_google_id_key', 'u', array['google_id'], 'unique (google_id)');
select pg_temp.set_constraint('users', 'users_github_id_key', 'u', array['github_id'], 'unique (github_id)');
select pg_temp.set_check('users', 'chk_users_local_password', 'provider <> ''local'' or password is not null');

select pg_temp.set_column('user_nodes', 'id', 'uuid', true, 'gen_random_uuid()');
select pg_temp.set_column('user_nodes', 'user_id', 'uuid', true);
select pg_temp.set_column('user_nodes', 'node_address', 'character varying(255)', true);
select pg_temp.set_column('user_nodes', 'label', 'character varying(255)', false);
select pg_temp.set_column('user_nodes', 'gpu_type', 'character varying(50)', false);
select pg_temp.set_column('user_nodes', 'gcore_instance_id', 'character varying(255)', false);
select pg_temp.set_column('user_nodes', 'notes', 'text', false);
select pg_temp.set_column('user_nodes', 'is_active', 'boolean', true, 'true');
select pg_temp.set_column('user_nodes', 'created_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_column('user_nodes', 'updated_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_constraint('user_nodes', 'user_nodes_pkey', 'p', array['id'], 'primary key (id)');
select pg_temp.set_constraint('user_nodes', 'user_nodes_node_address_key', 'u', array['node_address'], 'unique (node_address)');
select pg_temp.set_constraint('user_nodes', 'user_nodes_user_id_fkey', 'f', array['user_id'],
    'foreign key (user_id) references users (id) on delete cascade');

select pg_temp.set_column('node_requests', 'id', 'uuid', true, 'gen_random_uuid()');
select pg_temp.set_column('node_requests', 'user_id', 'uuid', true);
select pg_temp.set_column('node_requests', 'gpu_type', 'node_requests_gpu_type_enum', true);
select pg_temp.set_column('node_requests', 'gpu_count', 'integer', true, '1');
select pg_temp.set_column('node_requests', 'region', 'character varying(255)', false);
select pg_temp.set_column('node_requests', 'message', 'text', false);
select pg_temp.set_column('node_requests', 'status', 'node_requests_status_enum', true, '''pending''');
select pg_temp.set_column('node_requests', 'admin_notes', 'text', false);
select pg_temp.set_column('node_requests', 'processed_by', 'character varying', false);
select pg_temp.set_column('node_requests', 'processed_at', 'timestamp with time zone', false);
select pg_temp.set_column('node_requests', 'created_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_column('node_requests', 'updated_at', 'timestamp with time zone', true, 'now()');
select pg_temp.set_constraint('node_requests', 'node_requests_pkey', 'p', array['id'], 'primary key (id)');
select pg_temp.set_constraint('node_requests', 'node_requests_user_id_fkey', 'f', array['user_id'],
    'foreign key (user_id) references users (id) on delete cascade');
select pg_temp.refuse_rows(
    'node_requests',
    'gpu_type::text not in (''A100'', ''H100'', ''H200'', ''3080'', ''4090'')',
    'gpu_type is none of A100, H100, H200, 3080, 4090');
