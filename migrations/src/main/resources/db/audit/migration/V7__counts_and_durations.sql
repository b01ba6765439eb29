-- V7: jobs counted by quarter hour, and their durations by slots that grow by a tenth
-- Locks: share row exclusive on jobs and job_stages while their rows are counted (seconds per million rows)
-- Way back: all of it follows from jobs and job_stages, except for days whose rows are dropped
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

-- Each row of jobs counts once as accepted, and once as finished if it is. A quarter hour is part of one local day in
-- every time zone. The day is that of the id: its rows are dropped together, and the sums stay.
create table job_counts (
    bucket timestamptz not null,
    kind text not null,
    bot_id text not null,
    state text not null,
    day date not null,
    shard smallint not null,
    n bigint not null,
    queue_ms bigint not null,
    run_ms bigint not null,
    constraint job_counts_pkey primary key (kind, bucket, bot_id, state, day, shard),
    constraint chk_job_count_kind check (kind in ('accepted', 'finished'))
) with (fillfactor = 50);

-- Durations that were measured by the producer, of jobs (stage_name is empty) and of stages.
create table job_durations (
    bucket timestamptz not null,
    bot_id text not null,
    stage_name text not null,
    outcome text not null,
    slot smallint not null,
    day date not null,
    shard smallint not null,
    n bigint not null,
    total_ms bigint not null,
    constraint job_durations_pkey primary key (stage_name, bucket, bot_id, outcome, slot, day, shard)
) with (fillfactor = 50);

create function quarter_hour(at timestamptz)
returns timestamptz
language sql
immutable
parallel safe
return date_bin(interval '15 minutes', at, timestamptz 'epoch');

-- The slot of a duration: 0 for 0 ms, else the power of 1.1 that it does not exceed.
create function duration_slot(millis bigint)
returns smallint
language sql
immutable
parallel safe
return case when millis <= 0 then 0 else (1 + ceil(ln(millis::double precision) / ln(1.1::double precision)))::smallint end;

create function id_day(id uuid, first_time timestamptz)
returns date
language sql
immutable
parallel safe
return (coalesce(id_time(id), first_time) at time zone 'UTC')::date;

-- What of a row is counted, and how often: -1 takes the row as it was away again.
create type counted_job as (
    times integer,
    job_id uuid,
    shard smallint,
    bot_id text,
    state text,
    first_time timestamptz,
    finished_at timestamptz,
    queue_ms bigint,
    run_ms bigint,
    measured_ms bigint
);

create type counted_stage as (
    times integer,
    bucket timestamptz,
    bot_id text,
    stage_name text,
    outcome text,
    day date,
    shard smallint,
    measured_ms bigint
);

create function add_job_counts(changes counted_job[])
returns void
language plpgsql
set search_path = audit, pg_temp
as $body$
declare
    empty job_counts[];
begin
    with upserted as (
        insert into job_counts as total (bucket, kind, bot_id, state, day, shard, n, queue_ms, run_ms)
        select quarter_hour(part.at),
               part.kind,
               coalesce(change.bot_id, ''),
               change.state,
               id_day(change.job_id, change.first_time),
               change.shard,
               sum(change.times),
               sum(change.times * part.queue_ms),
               sum(change.times * part.run_ms)
          from unnest(changes) change
         cross join lateral (
               values ('accepted', change.first_time, 0::bigint, 0::bigint),
                      ('finished', change.finished_at, coalesce(change.queue_ms, 0), coalesce(change.run_ms, 0))
               ) part (kind, at, queue_ms, run_ms)
         where part.at is not null
           and change.state is not null
         group by 1, 2, 3, 4, 5, 6
        having sum(change.times) <> 0
            or sum(change.times * part.queue_ms) <> 0
            or sum(change.times * part.run_ms) <> 0
         order by 2, 1, 3, 4, 5, 6
            on conflict (kind, bucket, bot_id, state, day, shard) do update
           set n = total.n + excluded.n,
               queue_ms = total.queue_ms + excluded.queue_ms,
               run_ms = total.run_ms + excluded.run_ms
        returning total.*)
    select array_agg(upserted::job_counts)
      into empty
      from upserted
     where n = 0;
    if empty is not null then
        delete from job_counts total
         using unnest(empty) gone
         where (total.kind, total.bucket, total.bot_id, total.state, total.day, total.shard)
               = (gone.kind, gone.bucket, gone.bot_id, gone.state, gone.day, gone.shard);
    end if;
end
$body$;

create function add_job_durations(changes counted_stage[])
returns void
language plpgsql
set search_path = audit, pg_temp
as $body$
declare
    empty job_durations[];
begin
    with upserted as (
        insert into job_durations as total (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
        select bucket,
               bot_id,
               stage_name,
               outcome,
               duration_slot(measured_ms),
               day,
               shard,
               sum(times),
               sum(times * measured_ms)
          from unnest(changes)
         where measured_ms is not null
           and outcome is not null
           and bucket is not null
         group by 1, 2, 3, 4, 5, 6, 7
        having sum(times) <> 0
            or sum(times * measured_ms) <> 0
         order by 3, 1, 2, 4, 5, 6, 7
            on conflict (stage_name, bucket, bot_id, outcome, slot, day, shard) do update
           set n = total.n + excluded.n,
               total_ms = total.total_ms + excluded.total_ms
        returning total.*)
    select array_agg(upserted::job_durations)
      into empty
      from upserted
     where n = 0;
    if empty is not null then
        delete from job_durations total
         using unnest(empty) gone
         where (total.stage_name, total.bucket, total.bot_id, total.outcome, total.slot, total.day, total.shard)
               = (gone.stage_name, gone.bucket, gone.bot_id, gone.outcome, gone.slot, gone.day, gone.shard);
    end if;
end
$body$;

-- Adds what the rows of a statement count now, and takes away what they counted before.
create function count_jobs()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    changes counted_job[];
begin
    if tg_op = 'INSERT' then
        select array_agg(row(1, job_id, shard, bot_id, state, first_time, finished_at, queue_ms, run_ms,
                   case when duration_source = 'monotonic' then run_ms end)::counted_job)
          into changes
          from added;
    elsif tg_op = 'DELETE' then
        select array_agg(row(-1, job_id, shard, bot_id, state, first_time, finished_at, queue_ms, run_ms,
                   case when duration_source = 'monotonic' then run_ms end)::counted_job)
          into changes
          from gone;
    else
        select array_agg(row(times, job_id, shard, bot_id, state, first_time, finished_at, queue_ms, run_ms,
                   case when duration_source = 'monotonic' then run_ms end)::counted_job)
          into changes
          from (select 1 as times, job_id, shard, bot_id, state, first_time, finished_at, queue_ms, run_ms, duration_source
                  from added
                 union all
                select -1, job_id, shard, bot_id, state, first_time, finished_at, queue_ms, run_ms, duration_source
                  from gone) both_states;
    end if;
    if changes is not null then
        perform add_job_counts(changes);
        perform add_job_durations(array(
            select row(times, quarter_hour(finished_at), coalesce(bot_id, ''), '', state, id_day(job_id, first_time),
                       shard, measured_ms)::counted_stage
              from unnest(changes)
             where measured_ms is not null));
    end if;
    return null;
end
$body$;

create function count_stages()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    changes counted_stage[];
begin
    if tg_op = 'INSERT' then
        select array_agg(row(1, quarter_hour(ended_at), bot_id, stage_name, status, id_day(job_id, ended_at),
                   shard, reported_ms)::counted_stage)
          into changes
          from added
         where reported_ms is not null;
    elsif tg_op = 'DELETE' then
        select array_agg(row(-1, quarter_hour(ended_at), bot_id, stage_name, status, id_day(job_id, ended_at),
                   shard, reported_ms)::counted_stage)
          into changes
          from gone
         where reported_ms is not null;
    else
        select array_agg(row(times, quarter_hour(ended_at), bot_id, stage_name, status, id_day(job_id, ended_at),
                   shard, reported_ms)::counted_stage)
          into changes
          from (select 1 as times, job_id, shard, bot_id, stage_name, status, ended_at, reported_ms
                  from added
                 union all
                select -1, job_id, shard, bot_id, stage_name, status, ended_at, reported_ms
                  from gone) both_states
         where reported_ms is not null;
    end if;
    if changes is not null then
        perform add_job_durations(changes);
    end if;
    return null;
end
$body$;

create trigger trg_count_inserted_jobs
    after insert on jobs
    referencing new table as added
    for each statement execute function count_jobs();

create trigger trg_count_updated_jobs
    after update on jobs
    referencing old table as gone new table as added
    for each statement execute function count_jobs();

create trigger trg_count_deleted_jobs
    after delete on jobs
    referencing old table as gone
    for each statement execute function count_jobs();

create trigger trg_count_inserted_stages
    after insert on job_stages
    referencing new table as added
    for each statement execute function count_stages();

create trigger trg_count_updated_stages
    after update on job_stages
    referencing old table as gone new table as added
    for each statement execute function count_stages();

create trigger trg_count_deleted_stages
    after delete on job_stages
    referencing old table as gone
    for each statement execute function count_stages();
