-- U9: the way back of V9
-- Locks: access exclusive on nodes, node_requests, user_nodes and earnings_history, for milliseconds and two index builds
-- Data: earnings_history keeps its rows, without earnings_ngonka and state; ledger, settlements, offsets, health and
--     trackers are lost and can be rebuilt from the topics. Refused while a row is softly deleted
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

do $gate$
declare
    deleted text;
begin
    select string_agg(name, ', ' order by name)
      into deleted
      from (select 'node ' || identifier as name
              from nodes
             where deleted_at is not null
             union all
            select 'request ' || id
              from node_requests
             where deleted_at is not null) rows;
    if deleted is not null then
        raise exception 'Without deleted_at these softly deleted rows would come back to life: %', left(deleted, 2000)
            using hint = 'Nothing was changed. Delete them for good or bring them back, then undo again.';
    end if;
end
$gate$;

drop view earnings_monthly;
drop view user_node_overview;
drop view current_node_stats;

create index idx_earnings_node_date on earnings_history (node_id, date desc);
create index idx_nodes_identifier on nodes (identifier);
drop index idx_user_nodes_notes_search;

alter table node_requests
    drop column deleted_at;
alter table nodes
    drop column deleted_at;

drop table tracker_polls;
drop table trackers;
drop table node_facts;
drop table node_health_hourly;
drop table consumer_offsets;
drop table epoch_settlements;
drop table earnings_ledger;

alter table earnings_history
    drop column updated_at,
    drop column state,
    drop column earnings_ngonka;

do $comments$
declare
    target record;
begin
    for target in
        select relation.relname as name,
               relation.relkind as kind,
               property.attname as property
          from pg_class relation
          join pg_description description
            on description.objoid = relation.oid
           and description.classoid = 'pg_class'::regclass
          left join pg_index index on index.indexrelid = relation.oid
          left join pg_attribute property
            on property.attrelid = relation.oid
           and property.attnum = description.objsubid
           and description.objsubid > 0
         where relation.relnamespace = 'public'::regnamespace
           and coalesce(index.indrelid, relation.oid) in (
               'users'::regclass,
               'user_nodes'::regclass,
               'user_node_origins'::regclass,
               'node_requests'::regclass,
               'nodes'::regclass,
               'node_stats_cache'::regclass,
               'earnings_history'::regclass)
    loop
        if target.property is not null then
            execute format('comment on column %I.%I is null', target.name, target.property);
        elsif target.kind = 'i' then
            execute format('comment on index %I is null', target.name);
        else
            execute format('comment on table %I is null', target.name);
        end if;
    end loop;
end
$comments$;
