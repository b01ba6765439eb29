-- V8: views of merged jobs, offsets of the job recorder, rights
-- Locks: none
-- Way back: drops the views and the offsets; a role goes too, unless another database or a login needs it
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

create table consumer_offsets (
    consumer_group varchar(255) not null,
    topic varchar(249) not null,
    partition integer not null,
    next_offset bigint not null,
    updated_at timestamptz not null default now(),
    stored bigint not null default 0,
    superseded bigint not null default 0,
    dead_lettered bigint not null default 0,
    topic_id uuid,
    constraint consumer_offsets_pkey primary key (consumer_group, topic, partition),
    constraint chk_offset_not_negative check (partition >= 0 and next_offset >= 0)
) with (fillfactor = 50);

-- The time of a partition is that of its newest applied record. Between two records with a gap nobody could report.
create table job_partitions (
    partition integer not null,
    newest_at timestamptz not null,
    gap_ended_at timestamptz,
    constraint job_partitions_pkey primary key (partition)
) with (fillfactor = 50);

-- The jobs to show. A purged job has no time; in this form an index knows it.
create view jobs_api as
select job_id, bot_id, state, first_time, accepted_at, started_at, finished_at, queue_ms, run_ms,
       coalesce(queue_ms, 0) + run_ms as total_ms, duration_source, attempt, created_by_name, created_by_role,
       created_by_at, parent_id, trace, meta, progress, result, error_name,
       case when lost then coalesce(error_message, 'No sign of life until the end of the lease') else error_message end
           as error_message,
       error_stack, cancel_requested_at, cancel_requested_by, conflicting, bots_differ, lease_until, lost, origin,
       stages_listed,
       (succeeded).at as succeeded_at, (succeeded).source as succeeded_source,
       (failed).at as failed_at, (failed).source as failed_source,
       (canceled).at as canceled_at, (canceled).source as canceled_source,
       (canceled_in_queue).at as canceled_in_queue_at, (canceled_in_queue).source as canceled_in_queue_source
  from jobs
 where first_time is not null;

-- The stages of the newest attempt. One without an end ends with the start of the next one, or with its job. Stages
-- without a number are hidden by a complete list.
create view job_stages_api as
select job_id, stage_no, stage_name, bot_id, started_at,
       coalesce(ended_at, next_start, finished_at) as ended_at,
       case
           when ended_at is not null then 'reported'
           when next_start is not null then 'next_stage'
           when finished_at is not null then 'job'
       end as ended_by,
       case
           when status is not null then status
           when next_start is not null then 'succeed'
           when finished_at is null then 'running'
           when state = 'succeeded' then 'succeed'
           else 'fail'
       end as status,
       coalesce(duration_ms, elapsed_millis(started_at, coalesce(next_start, finished_at))) as duration_ms,
       meta, error_name, error_message, error_stack
  from (
        select stage.*, job.finished_at, job.state,
               lead(stage.started_at) over (
                   partition by stage.job_id order by stage.started_at nulls last, stage.stage_no) as next_start
          from job_stages stage
          join jobs job
            on job.job_id = stage.job_id
           and job.attempt = stage.attempt
           and job.purged_at is null
         where stage.stage_no <= 1000
            or not job.stages_listed) shown;

-- The stages of all attempts, without their jobs.
create view job_stage_numbers_api as
select job_id, attempt, stage_no
  from job_stages;

create view job_counts_api as
select bucket, kind, bot_id, state, sum(n)::bigint as n, sum(queue_ms)::bigint as queue_ms,
       sum(run_ms)::bigint as run_ms
  from job_counts
 group by bucket, kind, bot_id, state;

create view job_sums_api as
select bot_id, minutes, bucket, queued, running, succeeded, failed, canceled, finished_succeeded, finished_failed,
       finished_canceled, queue_ms, run_ms
  from job_sums;

create view job_id_days_api as
select first_day, id_day
  from job_id_days;

create view job_durations_api as
select bucket, bot_id, stage_name, outcome, slot, n, total_ms
  from job_durations;

create view job_metrics_by_bot as
select bot_id,
       sum(n) filter (where kind = 'accepted') as total_jobs,
       coalesce(sum(n) filter (where kind = 'finished' and state = 'succeeded'), 0) as succeeded_jobs,
       coalesce(sum(n) filter (where kind = 'finished' and state = 'failed'), 0) as failed_jobs,
       round(sum(run_ms) filter (where kind = 'finished')
           / nullif(sum(n) filter (where kind = 'finished'), 0) / 1000, 3) as avg_duration_seconds,
       round(100.0 * sum(n) filter (where kind = 'finished' and state = 'succeeded')
           / nullif(sum(n) filter (where kind = 'finished'), 0), 2) as success_rate
  from job_counts
 group by bot_id;

create view recent_jobs as
select newest.*,
       round(newest.run_ms / 1000.0, 3) as duration_seconds,
       (select count(*) from job_stages_api stage where stage.job_id = newest.job_id) as stage_count
  from (
        select *
          from jobs_api
         order by first_time desc, job_id
         limit 100) newest;

create view job_stage_summary as
select stage_name,
       sum(n) as total_stages,
       coalesce(sum(n) filter (where outcome = 'succeed'), 0) as succeeded_stages,
       coalesce(sum(n) filter (where outcome = 'fail'), 0) as failed_stages,
       round(sum(total_ms) / sum(n), 1) as avg_duration_ms
  from job_durations
 where stage_name <> ''
 group by stage_name;

create view v_jobs_summary as
select job_id,
       bot_id as bot,
       state,
       accepted_at,
       started_at,
       finished_at,
       round(run_ms / 1000.0, 3) as total_seconds,
       created_by_name,
       error_message
  from jobs_api;

create view v_job_stages as
select job_id,
       stage_no as no,
       stage_name as stage,
       status,
       started_at,
       ended_at,
       duration_ms,
       meta,
       error_message
  from job_stages_api;

create view v_job_last_stage as
select distinct on (job_id)
       job_id,
       stage_name as stage,
       status,
       started_at,
       ended_at,
       duration_ms
  from job_stages_api
 order by job_id, started_at desc nulls last, stage_no desc;

-- The events that the rows stand for.
create view v_job_events as
select accepted_at as ts,
       'job.accepted' as type,
       job_id,
       bot_id as bot,
       null::text as stage
  from jobs_api
 where accepted_at is not null
 union all
select started_at, 'job.started', job_id, bot_id, null
  from jobs_api
 where started_at is not null
 union all
select finished_at, 'job.' || state, job_id, bot_id, null
  from jobs_api
 where finished_at is not null
 union all
select started_at, 'stage.start', job_id, bot_id, stage_name
  from job_stages_api
 where started_at is not null
 union all
select ended_at, 'stage.' || status, job_id, bot_id, stage_name
  from job_stages_api
 where ended_at is not null;

comment on table consumer_offsets is 'How far each consumer has applied its topics, committed with the data';
comment on column consumer_offsets.consumer_group is 'Kafka consumer group';
comment on column consumer_offsets.topic is 'Kafka topic';
comment on column consumer_offsets.partition is 'Partition of the topic';
comment on column consumer_offsets.next_offset is 'First offset that is not applied yet';
comment on column consumer_offsets.updated_at is 'When it last moved';
comment on column consumer_offsets.stored is 'Records that became the stored state';
comment on column consumer_offsets.superseded is 'Records that changed nothing';
comment on column consumer_offsets.dead_lettered is 'Records published as dead letters';
comment on column consumer_offsets.topic_id is 'Kafka''s id of the topic that next_offset counts records of';
comment on index consumer_offsets_pkey is 'Finds an offset';

comment on table job_partitions is 'Time of each partition of job.events';
comment on column job_partitions.partition is 'Partition of the topic';
comment on column job_partitions.newest_at is 'When the broker appended the newest applied record';
comment on column job_partitions.gap_ended_at is 'End of the last gap in which nobody could report';
comment on index job_partitions_pkey is 'Finds a partition';

comment on view jobs_api is 'Jobs that are not purged';
comment on view job_stages_api is 'Stages of the newest attempts, with the ends that are shown';
comment on view job_counts_api is 'Jobs by quarter hour';
comment on view job_sums_api is 'Sums of all bots and of each bot by quarter hours, hours and days, several rows for one bucket';
comment on view job_id_days_api is 'Which days the ids of a day''s jobs have';
comment on view job_stage_numbers_api is 'Stages of all attempts, hidden ones included';
comment on view job_durations_api is 'Measured durations by days and slots, several rows for one slot';
comment on view job_metrics_by_bot is 'Totals of each bot';
comment on view recent_jobs is 'The 100 newest jobs';
comment on view job_stage_summary is 'Totals of each stage name';
comment on view v_jobs_summary is 'Jobs under the names that older queries use';
comment on view v_job_stages is 'Stages under the names that older queries use';
comment on view v_job_last_stage is 'The newest stage of each job';
comment on view v_job_events is 'The events that the rows stand for';
comment on column jobs_api.total_ms is 'Milliseconds in the queue and of the run';
comment on column jobs_api.succeeded_at is 'Time of the first report that it succeeded';
comment on column jobs_api.succeeded_source is 'Who reported that it succeeded';
comment on column jobs_api.failed_at is 'Time of the first report that it failed';
comment on column jobs_api.failed_source is 'Who reported that it failed';
comment on column jobs_api.canceled_at is 'Time of the first report that it was canceled';
comment on column jobs_api.canceled_source is 'Who reported that it was canceled';
comment on column jobs_api.canceled_in_queue_at is 'Time of the first report that the queue canceled it';
comment on column jobs_api.canceled_in_queue_source is 'Which queue canceled it';
comment on column job_stages_api.ended_by is 'reported, next_stage or job';
comment on column job_metrics_by_bot.total_jobs is 'Number of jobs';
comment on column job_metrics_by_bot.succeeded_jobs is 'Jobs that succeeded';
comment on column job_metrics_by_bot.failed_jobs is 'Jobs that failed';
comment on column job_metrics_by_bot.avg_duration_seconds is 'Average run of the finished jobs in seconds';
comment on column job_metrics_by_bot.success_rate is 'Percentage of the finished jobs that succeeded';
comment on column recent_jobs.duration_seconds is 'Seconds of the run';
comment on column recent_jobs.stage_count is 'Number of stages';
comment on column job_stage_summary.total_stages is 'Number of measured stages';
comment on column job_stage_summary.succeeded_stages is 'Stages that succeeded';
comment on column job_stage_summary.failed_stages is 'Stages that failed';
comment on column job_stage_summary.avg_duration_ms is 'Average of the measured durations';
comment on column v_jobs_summary.bot is 'The kind of the job';
comment on column v_jobs_summary.total_seconds is 'Seconds of the run';
comment on column v_job_stages.no is 'Position of the stage';
comment on column v_job_stages.stage is 'Name of the stage';
comment on column v_job_last_stage.stage is 'Name of the stage';
comment on column v_job_events.ts is 'When it happened';
comment on column v_job_events.type is 'What happened';
comment on column v_job_events.bot is 'The kind of the job';
comment on column v_job_events.stage is 'Name of the stage';

-- A column of a view has the meaning of the column that it shows.
do $comments$
declare
    shown record;
begin
    -- Columns with the names of others.
    for shown in
        select table_name || '_api' as view_name, attname as column_name,
               col_description(attrelid, attnum) as text
          from unnest(array['job_sums', 'job_id_days']) table_name
          join pg_attribute on attrelid = table_name::regclass
         where attnum > 0
           and exists (
               select
                 from pg_attribute view_column
                where view_column.attrelid = (table_name || '_api')::regclass
                  and view_column.attname = pg_attribute.attname)
    loop
        execute format('comment on column %s.%I is %L', shown.view_name, shown.column_name, shown.text);
    end loop;
    for shown in
        select view_column.attrelid::regclass as view_name, view_column.attname as column_name,
               min(col_description(source.attrelid, source.attnum)) as text
          from pg_attribute view_column
          join pg_class view on view.oid = view_column.attrelid
          join pg_attribute source
            on source.attname = view_column.attname
           and source.attrelid = any (array['jobs', 'job_stages', 'job_counts', 'job_durations', 'jobs_api',
                   'job_stages_api']::regclass[])
         where view.relnamespace = 'audit'::regnamespace
           and view.relkind = 'v'
           and view_column.attnum > 0
           and col_description(view_column.attrelid, view_column.attnum) is null
         group by 1, 2
        having min(col_description(source.attrelid, source.attnum)) is not null
         order by 1, 2
    loop
        execute format('comment on column %s.%I is %L', shown.view_name, shown.column_name, shown.text);
    end loop;
end
$comments$;

-- A procedure, because an administrator who makes the roles later calls it then.
create procedure grant_job_rights()
language plpgsql
set search_path = audit, pg_temp
as $body$
declare
    history text;
begin
    execute format('grant connect, temporary on database %I to gonkapulse_job_recorder', current_database());
    grant usage on schema audit to gonkapulse_job_recorder, gonkapulse_reader;
    grant select, insert, update, delete on jobs, job_stages, job_counts, job_durations to gonkapulse_job_recorder;
    grant select, insert, delete on job_sums to gonkapulse_job_recorder;
    grant select, insert on job_id_days to gonkapulse_job_recorder;
    grant select, insert, update on consumer_offsets, job_partitions to gonkapulse_job_recorder;
    grant select on jobs_default, job_retention, flyway_schema_history to gonkapulse_job_recorder;
    grant execute on function roll_partitions(timestamptz, interval), delete_other_ids(timestamptz, integer)
        to gonkapulse_job_recorder;
    grant select on jobs_api, job_stages_api, job_stage_numbers_api, job_counts_api, job_sums_api, job_id_days_api,
        job_durations_api, flyway_schema_history
        to gonkapulse_reader;
    -- What migrations did is shown as jobs, that of other modules too.
    foreach history in array array['audit.migration_steps', 'public.migration_steps'] loop
        if to_regclass(history) is not null then
            begin
                execute format('grant select on %s to gonkapulse_job_recorder', history::regclass);
            exception
                when insufficient_privilege then
                    raise notice 'The migrations of % are not shown as jobs: another login owns it', history;
            end;
        end if;
    end loop;
end
$body$;

comment on procedure grant_job_rights() is
    'Gives gonkapulse_job_recorder and gonkapulse_reader their rights in this schema; safe to call again';
revoke execute on procedure grant_job_rights() from public;

do $roles$
declare
    role text;
begin
    foreach role in array array['gonkapulse_job_recorder', 'gonkapulse_reader'] loop
        begin
            if to_regrole(role) is null then
                execute format('create role %I nologin', role);
            end if;
        exception
            when duplicate_object or unique_violation then
                raise notice 'Role % was just made by another database of this server', role;
        end;
    end loop;
    call grant_job_rights();
exception
    when insufficient_privilege then
        raise warning 'Went on without the roles of job audit (%). An administrator can add them at any time: %',
            sqlerrm,
            'create role gonkapulse_job_recorder nologin; create role gonkapulse_reader nologin; '
            'and then, in database ' || quote_ident(current_database()) || ': call audit.grant_job_rights();';
end
$roles$;
