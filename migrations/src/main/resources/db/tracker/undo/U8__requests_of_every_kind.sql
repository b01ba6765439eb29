-- U8: the way back of V8
-- Locks: access exclusive on node_requests while its rows are rewritten
-- Data: type, budget, network and assigned_to are lost; everything else is kept, processed_by in its first words
-- Lock timeout: 5s
-- Statement timeout: 10min
-- Transaction: yes

drop index idx_requests_assigned_to;
drop index idx_requests_type;

alter table node_requests
    drop constraint node_requests_processed_by_fkey,
    drop constraint node_requests_assigned_to_fkey,
    drop constraint chk_request_type,
    drop constraint chk_request_gpu_type,
    drop constraint chk_request_status;

alter table node_requests
    alter column processed_by type varchar using processed_by::text;

-- The old word wins while it still means the same user, or nobody; else somebody has processed the request since.
update node_requests request
   set processed_by = request.processed_by_original
 where request.processed_by_original is not null
   and (request.processed_by is null
        or request.processed_by = lower(btrim(request.processed_by_original))
        or exists (
           select
             from users processor
            where processor.id::text = request.processed_by
              and lower(processor.email) = lower(btrim(request.processed_by_original))));

alter table node_requests
    drop column type,
    drop column budget,
    drop column network,
    drop column assigned_to,
    drop column processed_by_original;

create type node_requests_status_enum as enum ('pending', 'approved', 'rejected', 'completed');

-- An adopted database may hold GPU types that the first design did not know.
do $types$
begin
    execute format(
        'create type node_requests_gpu_type_enum as enum (%s)',
        (select string_agg(quote_literal(gpu_type), ', ' order by place, gpu_type)
           from (select gpu_type, min(place) as place
                   from (select gpu_type, place
                           from unnest(array['A100', 'H100', 'H200']) with ordinality known (gpu_type, place)
                          union all
                         select gpu_type, 4
                           from node_requests) every
                  group by gpu_type) each));
end
$types$;

alter table node_requests
    alter column status drop default,
    alter column status type node_requests_status_enum using status::node_requests_status_enum,
    alter column status set default 'pending',
    alter column gpu_type type node_requests_gpu_type_enum using gpu_type::node_requests_gpu_type_enum;
