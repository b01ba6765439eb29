-- V7: jobs counted by quarter hour, and their durations by day and by slots that grow by a tenth
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

-- Sums of job_counts that readers add up: of all bots (bot_id is null) and of each bot, by quarter hours, and by hours
-- and days of UTC. A local day has three of its quarter hours at most, and hours for the rest.
create table job_sums (
    bot_id text,
    minutes smallint not null,
    bucket timestamptz not null,
    shard smallint not null,
    queued bigint not null,
    running bigint not null,
    succeeded bigint not null,
    failed bigint not null,
    canceled bigint not null,
    finished_succeeded bigint not null,
    finished_failed bigint not null,
    finished_canceled bigint not null,
    queue_ms bigint not null,
    run_ms bigint not null,
    constraint uq_job_sums unique nulls not distinct (bot_id, minutes, bucket, shard),
    constraint chk_job_sum_minutes check (minutes in (15, 60, 1440))
) with (fillfactor = 50);

-- Which days the ids of a day's jobs have, so that a page of jobs reads few partitions. A pair stays when its jobs go.
create table job_id_days (
    first_day date not null,
    id_day date not null,
    constraint job_id_days_pkey primary key (first_day, id_day)
);

-- Durations that were measured by the producer, of jobs (stage_name is empty) and of stages. By day: with quarter hours
-- there would be nearly as many rows as durations.
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

create function start_of_day(at timestamptz)
returns timestamptz
language sql
immutable
parallel safe
return date_bin(interval '1 day', at, timestamptz 'epoch');

-- The day whose partition holds an id, whatever the version of the id; -infinity for the partitions of other ids.
create function partition_day(id uuid)
returns date
language sql
immutable
parallel safe
return case
    when id >= '01800000-0000-0000-0000-000000000000' and id < '03bb2cc3-d800-0000-0000-000000000000'
        then ((timestamptz 'epoch' + make_interval(secs =>
            ('x0000' || encode(substring(uuid_send(id) from 1 for 6), 'hex'))::bit(64)::bigint / 1000.0))
                at time zone 'UTC')::date
    else '-infinity'
end;

-- The slot of a duration: 0 for 0 ms, else one more than the power of 1.1 that it does not exceed.
create function duration_slot(millis bigint)
returns smallint
language sql
immutable
parallel safe
return case
    when millis <= 0 then 0
    else 1 + ceil(ln(millis::double precision) / ln(1.1::double precision))
end::smallint;

create function delete_counts(emptied job_counts[])
returns void
language sql
set search_path = audit, pg_temp
as $body$
    delete from job_counts total
     using unnest(emptied) gone
     where (total.kind, total.bucket, total.bot_id, total.state, total.day, total.shard)
           = (gone.kind, gone.bucket, gone.bot_id, gone.state, gone.day, gone.shard)
$body$;

create function delete_durations(emptied job_durations[])
returns void
language sql
set search_path = audit, pg_temp
as $body$
    delete from job_durations total
     using unnest(emptied) gone
     where (total.stage_name, total.bucket, total.bot_id, total.outcome, total.slot, total.day, total.shard)
           = (gone.stage_name, gone.bucket, gone.bot_id, gone.outcome, gone.slot, gone.day, gone.shard)
$body$;

-- The functions of the triggers add what the rows of a statement count now, and take away what they counted before. An
-- insert has no old rows and a delete has no new ones, so there is a function for each operation. Their text is the
-- same otherwise, and it is static: planning it for each batch would cost more than small batches do.
do $functions$
declare
    operation record;
begin
    for operation in
        select *
          from (values
               ('inserted', 'select 1 as times, * from added'),
               ('updated', 'select 1 as times, * from added union all select -1, * from gone'),
               ('deleted', 'select -1 as times, * from gone')) operations (name, changed)
    loop
        execute replace(replace($create$
create function count_OPERATION_jobs()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    emptied_counts job_counts[];
    emptied_durations job_durations[];
begin
    with changed as not materialized (CHANGED),
    narrow as materialized (
        select times, first_time, finished_at, coalesce(bot_id, '') as bot_id, state,
               coalesce(id_day, (first_time at time zone 'UTC')::date) as day, shard,
               coalesce(queue_ms, 0) as queue_ms, coalesce(run_ms, 0) as run_ms,
               coalesce(duration_source = 'monotonic', false) as measured
          from changed
         where state is not null),
    counted as (
        insert into job_counts as total (bucket, kind, bot_id, state, day, shard, n, queue_ms, run_ms)
        select quarter_hour(at), kind, bot_id, state, day, shard, sum(times), sum(times * part.queue_ms),
               sum(times * part.run_ms)
          from narrow
         cross join lateral (
               values ('accepted', first_time, 0::bigint, 0::bigint),
                      ('finished', finished_at, queue_ms, run_ms)) part (kind, at, queue_ms, run_ms)
         where at is not null
         group by 1, 2, 3, 4, 5, 6
        having sum(times) <> 0
            or sum(times * part.queue_ms) <> 0
            or sum(times * part.run_ms) <> 0
         order by 2, 1, 3, 4, 5, 6
            on conflict (kind, bucket, bot_id, state, day, shard) do update
           set n = total.n + excluded.n,
               queue_ms = total.queue_ms + excluded.queue_ms,
               run_ms = total.run_ms + excluded.run_ms
        returning total.*),
    measured as (
        insert into job_durations as total (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
        select start_of_day(finished_at), bot_id, '', state, duration_slot(run_ms), day, shard, sum(times),
               sum(times * run_ms)
          from narrow
         where measured
         group by 1, 2, 3, 4, 5, 6, 7
        having sum(times) <> 0
            or sum(times * run_ms) <> 0
         order by 3, 1, 2, 4, 5, 6, 7
            on conflict (stage_name, bucket, bot_id, outcome, slot, day, shard) do update
           set n = total.n + excluded.n,
               total_ms = total.total_ms + excluded.total_ms
        returning total.*)
    select (select array_agg(counted::job_counts) from counted where n = 0),
           (select array_agg(measured::job_durations) from measured where n = 0)
      into emptied_counts, emptied_durations;
    if emptied_counts is not null then
        perform delete_counts(emptied_counts);
    end if;
    if emptied_durations is not null then
        perform delete_durations(emptied_durations);
    end if;
    return null;
end
$body$
        $create$, 'OPERATION', operation.name), 'CHANGED', operation.changed);
        -- A stage whose id has no day counts for the day infinity, because its job may begin on a day that it does not
        -- know.
        execute replace(replace($create$
create function count_OPERATION_stages()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    emptied job_durations[];
begin
    with changed as not materialized (CHANGED),
    measured as (
        insert into job_durations as total (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
        select start_of_day(ended_at), bot_id, stage_name, status, duration_slot(reported_ms),
               coalesce(id_day, 'infinity'), shard, sum(times), sum(times * reported_ms)
          from changed
         where reported_ms is not null
           and status is not null
         group by 1, 2, 3, 4, 5, 6, 7
        having sum(times) <> 0
            or sum(times * reported_ms) <> 0
         order by 3, 1, 2, 4, 5, 6, 7
            on conflict (stage_name, bucket, bot_id, outcome, slot, day, shard) do update
           set n = total.n + excluded.n,
               total_ms = total.total_ms + excluded.total_ms
        returning total.*)
    select array_agg(measured::job_durations)
      from measured
     where n = 0
      into emptied;
    if emptied is not null then
        perform delete_durations(emptied);
    end if;
    return null;
end
$body$
        $create$, 'OPERATION', operation.name), 'CHANGED', operation.changed);
        -- Adds what changed in job_counts to the sums for readers.
        execute replace(replace($create$
create function sum_OPERATION_counts()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
declare
    emptied job_sums[];
begin
    with changed as not materialized (CHANGED),
    by_bot as (
        select bot_id, bucket, shard,
               coalesce(sum(times * n) filter (where kind = 'accepted' and state = 'queued'), 0) as queued,
               coalesce(sum(times * n) filter (where kind = 'accepted' and state = 'running'), 0) as running,
               coalesce(sum(times * n) filter (where kind = 'accepted' and state = 'succeeded'), 0) as succeeded,
               coalesce(sum(times * n) filter (where kind = 'accepted' and state = 'failed'), 0) as failed,
               coalesce(sum(times * n) filter (where kind = 'accepted' and state = 'canceled'), 0) as canceled,
               coalesce(sum(times * n) filter (where kind = 'finished' and state = 'succeeded'), 0)
                   as finished_succeeded,
               coalesce(sum(times * n) filter (where kind = 'finished' and state = 'failed'), 0) as finished_failed,
               coalesce(sum(times * n) filter (where kind = 'finished' and state = 'canceled'), 0)
                   as finished_canceled,
               sum(times * queue_ms) as queue_ms,
               sum(times * run_ms) as run_ms
          from changed
         group by 1, 2, 3),
    summed as (
        insert into job_sums as total (bot_id, minutes, bucket, shard, queued, running, succeeded, failed, canceled,
               finished_succeeded, finished_failed, finished_canceled, queue_ms, run_ms)
        select shown.bot_id, size.minutes,
               date_bin(size.minutes * interval '1 minute', bucket, timestamptz 'epoch'), shard, sum(queued),
               sum(running), sum(succeeded), sum(failed), sum(canceled), sum(finished_succeeded),
               sum(finished_failed), sum(finished_canceled), sum(queue_ms), sum(run_ms)
          from by_bot
         cross join (values (15::smallint), (60), (1440)) size (minutes)
         cross join lateral (values (by_bot.bot_id), (null)) shown (bot_id)
         group by 1, 2, 3, 4
         order by 1, 2, 3, 4
            on conflict (bot_id, minutes, bucket, shard) do update
           set queued = total.queued + excluded.queued,
               running = total.running + excluded.running,
               succeeded = total.succeeded + excluded.succeeded,
               failed = total.failed + excluded.failed,
               canceled = total.canceled + excluded.canceled,
               finished_succeeded = total.finished_succeeded + excluded.finished_succeeded,
               finished_failed = total.finished_failed + excluded.finished_failed,
               finished_canceled = total.finished_canceled + excluded.finished_canceled,
               queue_ms = total.queue_ms + excluded.queue_ms,
               run_ms = total.run_ms + excluded.run_ms
        returning total.*)
    select array_agg(summed::job_sums)
      from summed
     where queued = 0 and running = 0 and succeeded = 0 and failed = 0 and canceled = 0
       and finished_succeeded = 0 and finished_failed = 0 and finished_canceled = 0
      into emptied;
    if emptied is not null then
        delete from job_sums total
         using unnest(emptied) gone
         where total.bot_id is not distinct from gone.bot_id
           and (total.minutes, total.bucket, total.shard) = (gone.minutes, gone.bucket, gone.shard);
    end if;
    return null;
end
$body$
        $create$, 'OPERATION', operation.name), 'CHANGED', operation.changed);
        -- A trigger needs no right to run them; with the right anybody could count rows of other tables.
        execute replace(
            'revoke execute on function count_OPERATION_jobs(), count_OPERATION_stages(), sum_OPERATION_counts() '
            'from public',
            'OPERATION', operation.name);
    end loop;
end
$functions$;

create function empty_sums()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
begin
    truncate job_sums;
    return null;
end
$body$;

-- Nearly every id tells the day of its partition.
create function note_id_days()
returns trigger
language plpgsql
security definer
set search_path = audit, pg_temp
as $body$
begin
    insert into job_id_days (first_day, id_day)
    select distinct (first_time at time zone 'UTC')::date,
           case
               when id_day between '2022-04-07' and '2099-12-31' then id_day
               else partition_day(job_id)
           end
      from added
     where first_time is not null
     order by 1, 2
        on conflict do nothing;
    return null;
end
$body$;

revoke execute on function empty_sums(), note_id_days(), delete_counts(job_counts[]), delete_durations(job_durations[])
    from public;

create trigger trg_count_inserted_jobs
    after insert on jobs
    referencing new table as added
    for each statement execute function count_inserted_jobs();

create trigger trg_count_updated_jobs
    after update on jobs
    referencing old table as gone new table as added
    for each statement execute function count_updated_jobs();

create trigger trg_count_deleted_jobs
    after delete on jobs
    referencing old table as gone
    for each statement execute function count_deleted_jobs();

create trigger trg_note_days_of_inserted_jobs
    after insert on jobs
    referencing new table as added
    for each statement execute function note_id_days();

create trigger trg_note_days_of_updated_jobs
    after update on jobs
    referencing new table as added
    for each statement execute function note_id_days();

create trigger trg_count_inserted_stages
    after insert on job_stages
    referencing new table as added
    for each statement execute function count_inserted_stages();

create trigger trg_count_updated_stages
    after update on job_stages
    referencing old table as gone new table as added
    for each statement execute function count_updated_stages();

create trigger trg_count_deleted_stages
    after delete on job_stages
    referencing old table as gone
    for each statement execute function count_deleted_stages();

create trigger trg_sum_inserted_counts
    after insert on job_counts
    referencing new table as added
    for each statement execute function sum_inserted_counts();

create trigger trg_sum_updated_counts
    after update on job_counts
    referencing old table as gone new table as added
    for each statement execute function sum_updated_counts();

create trigger trg_sum_deleted_counts
    after delete on job_counts
    referencing old table as gone
    for each statement execute function sum_deleted_counts();

create trigger trg_sum_truncated_counts
    after truncate on job_counts
    for each statement execute function empty_sums();

comment on table job_counts is 'Jobs by quarter hour, kept with the rows of jobs';
comment on column job_counts.bucket is 'Begin of the quarter hour';
comment on column job_counts.kind is 'accepted: by first_time; finished: by finished_at';
comment on column job_counts.bot_id is 'The kind of the jobs, empty if unknown';
comment on column job_counts.state is 'Present state of the jobs';
comment on column job_counts.day is 'UTC day of the ids';
comment on column job_counts.shard is 'Group of partitions of the events: consumers count into rows of their own';
comment on column job_counts.n is 'Number of jobs';
comment on column job_counts.queue_ms is 'Sum of the milliseconds in the queue';
comment on column job_counts.run_ms is 'Sum of the milliseconds of the runs';
comment on index job_counts_pkey is 'Finds the counts of a time range';

comment on table job_sums is 'Sums of job_counts for readers, kept with them';
comment on column job_sums.bot_id is 'The kind of the jobs, empty if unknown; null for the sums of all bots';
comment on column job_sums.minutes is 'Length of the bucket: 15, 60 or 1440 (a day of UTC)';
comment on column job_sums.bucket is 'Begin of the bucket';
comment on column job_sums.shard is 'Group of partitions of the events: consumers count into rows of their own';
comment on column job_sums.queued is 'Jobs whose first_time is in the bucket, queued at present';
comment on column job_sums.running is 'Jobs whose first_time is in the bucket, running at present';
comment on column job_sums.succeeded is 'Jobs whose first_time is in the bucket, succeeded';
comment on column job_sums.failed is 'Jobs whose first_time is in the bucket, failed';
comment on column job_sums.canceled is 'Jobs whose first_time is in the bucket, canceled';
comment on column job_sums.finished_succeeded is 'Jobs that succeeded in the bucket';
comment on column job_sums.finished_failed is 'Jobs that failed in the bucket';
comment on column job_sums.finished_canceled is 'Jobs that were canceled in the bucket';
comment on column job_sums.queue_ms is 'Sum of the milliseconds in the queue of jobs that finished in the bucket';
comment on column job_sums.run_ms is 'Sum of the milliseconds of the runs that finished in the bucket';
comment on index uq_job_sums is 'Finds the sums of a bot, or of all bots, in a time range';

comment on table job_id_days is 'Which days the ids of a day''s jobs have';
comment on column job_id_days.first_day is 'UTC day of first_time';
comment on column job_id_days.id_day is 'Day whose partition holds the id; -infinity for the partitions of other ids';
comment on index job_id_days_pkey is 'Finds the days of ids of a time range';

comment on table job_durations is 'Measured durations of jobs and stages by slots that grow by a tenth';
comment on column job_durations.bucket is 'Begin of the UTC day of the end';
comment on column job_durations.bot_id is 'The kind of the jobs, empty if unknown';
comment on column job_durations.stage_name is 'Name of the stage, empty for whole jobs';
comment on column job_durations.outcome is 'State of the job, or status of the stage';
comment on column job_durations.slot is '0 for 0 ms, else 1 + the power of 1.1 that the duration does not exceed';
comment on column job_durations.day is 'UTC day of the ids; infinity for stages of ids without a day';
comment on column job_durations.shard is 'Group of partitions of the events: consumers count into rows of their own';
comment on column job_durations.n is 'Number of durations';
comment on column job_durations.total_ms is 'Sum of the durations in milliseconds';
comment on index job_durations_pkey is 'Finds the durations of a time range';

comment on function quarter_hour(timestamptz) is 'Begin of a quarter hour';
comment on function start_of_day(timestamptz) is 'Begin of a day of UTC';
comment on function partition_day(uuid) is 'Day whose partition holds an id';
comment on function duration_slot(bigint) is 'Slot of a duration';
comment on function count_inserted_jobs() is 'Keeps job_counts and job_durations';
comment on function count_updated_jobs() is 'Keeps job_counts and job_durations';
comment on function count_deleted_jobs() is 'Keeps job_counts and job_durations';
comment on function count_inserted_stages() is 'Keeps job_durations';
comment on function count_updated_stages() is 'Keeps job_durations';
comment on function count_deleted_stages() is 'Keeps job_durations';
comment on function sum_inserted_counts() is 'Keeps job_sums';
comment on function sum_updated_counts() is 'Keeps job_sums';
comment on function sum_deleted_counts() is 'Keeps job_sums';
comment on function empty_sums() is 'Keeps job_sums';
comment on function note_id_days() is 'Keeps job_id_days';
comment on function delete_counts(job_counts[]) is 'Deletes counts of zero';
comment on function delete_durations(job_durations[]) is 'Deletes counts of zero';

-- Rows that were there before the triggers.
insert into job_counts (bucket, kind, bot_id, state, day, shard, n, queue_ms, run_ms)
select quarter_hour(part.at), part.kind, coalesce(bot_id, ''), state,
       coalesce(id_day, (first_time at time zone 'UTC')::date), shard, count(*), sum(part.queue_ms), sum(part.run_ms)
  from jobs
 cross join lateral (
       values ('accepted', first_time, 0::bigint, 0::bigint),
              ('finished', finished_at, coalesce(queue_ms, 0), coalesce(run_ms, 0))) part (kind, at, queue_ms, run_ms)
 where part.at is not null
   and state is not null
 group by 1, 2, 3, 4, 5, 6;

insert into job_durations (bucket, bot_id, stage_name, outcome, slot, day, shard, n, total_ms)
select start_of_day(finished_at), coalesce(bot_id, ''), '', state, duration_slot(run_ms),
       coalesce(id_day, (first_time at time zone 'UTC')::date), shard, count(*), sum(run_ms)
  from jobs
 where duration_source = 'monotonic'
 group by 1, 2, 3, 4, 5, 6, 7
 union all
select start_of_day(ended_at), bot_id, stage_name, status, duration_slot(reported_ms), coalesce(id_day, 'infinity'),
       shard, count(*), sum(reported_ms)
  from job_stages
 where reported_ms is not null
   and status is not null
 group by 1, 2, 3, 4, 5, 6, 7;

insert into job_id_days (first_day, id_day)
select distinct (first_time at time zone 'UTC')::date, partition_day(job_id)
  from jobs
 where first_time is not null;
