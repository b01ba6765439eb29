-- V8: requests of other kinds than a new node; who processed a request becomes a user
-- Locks: access exclusive on node_requests while its rows are rewritten
-- Way back: restores what processed_by said, word for word; type, budget, network and assigned_to are lost
-- Lock timeout: 5s
-- Statement timeout: 10min
-- Transaction: yes

alter table node_requests
    alter column status drop default,
    alter column status type varchar(50) using status::text,
    alter column status set default 'pending',
    alter column gpu_type type varchar(50) using gpu_type::text,
    add column type varchar(50) not null default 'new_node',
    add column budget varchar(100),
    add column network varchar(50) default 'gonka',
    add column assigned_to uuid,
    add column processed_by_original text;

drop type node_requests_status_enum;
drop type node_requests_gpu_type_enum;

-- 3080 and 4090 come with databases of the portal's early days.
alter table node_requests
    add constraint chk_request_status check (status in ('pending', 'approved', 'rejected', 'completed')),
    add constraint chk_request_gpu_type check (gpu_type in ('A100', 'H100', 'H200', '3080', '4090')),
    add constraint chk_request_type check (type in ('new_node', 'support', 'other')),
    add constraint node_requests_assigned_to_fkey foreign key (assigned_to) references users (id) on delete set null;

update node_requests
   set processed_by_original = processed_by
 where processed_by is not null;

alter table node_requests
    alter column processed_by type uuid using null::uuid;

update node_requests request
   set processed_by = processor.id
  from users processor
 where processor.id::text = lower(btrim(request.processed_by_original));

-- One e-mail address in two spellings may be two users: then nobody can tell who it was.
update node_requests request
   set processed_by = processor.id
  from (select lower(email) as email,
               min(id::text)::uuid as id
          from users
         group by lower(email)
        having count(*) = 1) processor
 where request.processed_by is null
   and processor.email = lower(btrim(request.processed_by_original));

alter table node_requests
    add constraint node_requests_processed_by_fkey foreign key (processed_by) references users (id) on delete set null;

create index idx_requests_type on node_requests (type);
create index idx_requests_assigned_to on node_requests (assigned_to) where assigned_to is not null;

do $report$
declare
    unmapped text;
begin
    select string_agg(format('%s (processed by "%s")', id, processed_by_original), ', ' order by id)
      into unmapped
      from node_requests
     where processed_by is null
       and processed_by_original is not null;
    if unmapped is not null then
        raise warning 'Requests whose processor is no known user keep the old word in processed_by_original: %',
            left(unmapped, 2000);
    end if;
end
$report$;
