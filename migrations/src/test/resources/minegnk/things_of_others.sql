-- What an operator may have added to the portal's tables: views, indexes, checks, a sequence, rights and remarks.

create view active_assignments as
select person.email,
       person."isActive",
       assignment.node_address,
       assignment.created_at
  from users person
  join user_nodes assignment on assignment.user_id = person.id;
create view people as
select id,
       email,
       "createdAt"
  from users;
create view people_of_today as
select email
  from people
 where "createdAt" > '2025-01-01';
create materialized view requests_by_status as
select status,
       count(*) as requests
  from node_requests
 group by status;
create unique index requests_by_status_key on requests_by_status (status);

create index users_by_email_pattern on users (lower(email));
create index nodes_by_address on user_nodes (node_address text_pattern_ops);
create index idx_users_role on users (role) where role = 'admin';
create index pending_requests on node_requests (created_at) where status = 'pending';
alter table node_requests add constraint chk_request_type check (gpu_count between 1 and 100);
alter table user_nodes add constraint address_has_no_star check (node_address not like '%*%');
alter table users add column badge serial;

create table login_history (
    user_id uuid references users (id) on delete cascade,
    assignment_id uuid references user_nodes (id),
    at timestamp with time zone not null
);
insert into login_history (user_id, assignment_id, at)
select user_id,
       id,
       '2025-12-12 00:00:00+00'
  from user_nodes;

create function stamp_user() returns trigger language plpgsql as
$$ begin return new; end $$;
create trigger stamp_user before update of email on users
    for each row when (old.email is distinct from new.email) execute function stamp_user();

comment on table users is 'Customers';
comment on column user_nodes.node_address is 'Where the coins go';
grant select on user_nodes to public;
