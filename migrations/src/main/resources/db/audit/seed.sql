-- Sample data for development: two hundred jobs of five bots in the last two days, in every state, with their stages.
-- Running it again adds what is missing. The ids end with 5eed and the number of the job.

create temporary table sample_jobs on commit drop as
with planned as (
    select number,
           number % 5 + 1 as bot,
           case
               when number <= 3 then 'queued'
               when number <= 7 then 'running'
               when number = 60 then 'lost'
               when number % 37 = 9 then 'canceled in queue'
               when number % 37 = 28 then 'canceled'
               when number % 9 = 0 then 'failed'
               else 'succeeded'
           end as fate,
           date_trunc('minute', now()) - number * interval '14 minutes' - number * 7919 % 600 * interval '1 second'
               as accepted_at
      from generate_series(1, 200) number),
timed as (
    select planned.*,
           (lpad(to_hex(floor(extract(epoch from accepted_at) * 1000)::bigint), 12, '0')
               || '700080005eed' || to_char(number, 'FM00000000'))::uuid as job_id,
           case when fate not in ('queued', 'canceled in queue')
                then accepted_at + (40 + number * 104729 % 4000) * interval '1 millisecond' end as started_at,
           (array[45000, 1200, 5000, 800, 20000])[bot] + number * 6101 % 900 * bot as run_ms
      from planned)
select timed.*,
       (array['nightly-backup', 'price-watch', 'report-mailer', 'node-checker', 'invoice-import'])[bot] as bot_id,
       case
           when fate = 'canceled in queue' then accepted_at + interval '90 seconds'
           when fate in ('succeeded', 'failed', 'canceled') then started_at + run_ms * interval '1 millisecond'
       end as outcome_at,
       case
           when fate = 'canceled in queue' then 'canceled'
           when fate in ('succeeded', 'failed', 'canceled') then fate
       end as outcome
  from timed
 where number not in (
       select right(job_id::text, 8)::integer
         from jobs);

insert into jobs (job_id, id_day, shard, bot_id, bot_key, created_by_name, created_by_role, created_by_at, creator_key,
       cancel_requested_at, cancel_requested_by, cancel_key, meta, meta_key, progress, progress_key, first_time,
       accepted_at, started_at, running, lease_until, lease_ms, succeeded, failed, canceled, canceled_in_queue,
       lost_until, outcome, outcome_key, outcome_at, elapsed_ms, result, error_name, error_message, error_stack)
select job_id,
       (accepted_at at time zone 'UTC')::date,
       number % 4,
       bot_id,
       event_key(accepted_at, job_id),
       (array['ops', 'Ann', 'scheduler'])[number % 3 + 1],
       (array['admin', 'user', 'system'])[number % 3 + 1],
       accepted_at,
       event_key(accepted_at, job_id),
       case when outcome = 'canceled' then outcome_at end,
       case when outcome = 'canceled' then 'ops' end,
       case when outcome = 'canceled' then event_key(outcome_at, job_id) end,
       jsonb_build_object('target', 'sample-' || number % 12, 'dryRun', number % 17 = 0),
       update_key(accepted_at, job_id),
       case when fate = 'running' then jsonb_build_object('done', number * 10, 'of', 100) end,
       case when fate = 'running' then update_key(started_at, job_id) end,
       accepted_at,
       accepted_at,
       started_at,
       started_at is not null,
       case when fate = 'running' then now() + interval '24 hours' else started_at + interval '30 seconds' end,
       case when fate = 'running' then 86400000 when started_at is not null then 30000 end,
       case when fate = 'succeeded' then row(event_key(outcome_at, job_id), outcome_at, 'sample')::job_claim end,
       case when fate = 'failed' then row(event_key(outcome_at, job_id), outcome_at, 'sample')::job_claim end,
       case when fate = 'canceled' then row(event_key(outcome_at, job_id), outcome_at, 'sample')::job_claim end,
       case when fate = 'canceled in queue'
            then row(event_key(outcome_at, job_id), outcome_at, 'sample')::job_claim end,
       case when fate = 'lost' then started_at + interval '30 seconds' end,
       outcome,
       case when outcome is not null
            then outcome_key(fate = 'canceled in queue', outcome_at, outcome, job_id) end,
       outcome_at,
       case when outcome is not null and started_at is not null then run_ms end,
       case when fate = 'succeeded' then jsonb_build_object('rows', number * 37 % 5000, 'warnings', number % 4) end,
       case when fate = 'failed' then (array['TimeoutError', 'ConnectionError', 'ValidationError'])[number % 3 + 1] end,
       case when fate = 'failed' then (array['No answer within 30 s', 'Connection refused', 'Column price is missing'])
            [number % 3 + 1] end,
       case when fate = 'failed' then 'at ' || bot_id || ' (main.js:' || number || ')' end
  from sample_jobs;

-- Shares of the run in percent. A failed job ends in its second stage, an open one is still in it.
insert into job_stages (job_id, attempt, stage_no, id_day, shard, bot_id, stage_name, started_at, end_key, ended_at,
       status, reported_ms, error_name, error_message, meta, meta_key)
select job.job_id,
       1,
       stage.no,
       (job.accepted_at at time zone 'UTC')::date,
       job.number % 4,
       job.bot_id,
       stage.names[job.bot],
       begins,
       case when not open then event_key(ends, job.job_id) end,
       case when not open then ends end,
       case when not open then case when stage.no = 2 and job.fate = 'failed' then 'fail' else 'succeed' end end,
       case when not open then job.run_ms * (stage.until - stage.since) / 100 end,
       case when stage.no = 2 and job.fate = 'failed' then 'StageError' end,
       case when stage.no = 2 and job.fate = 'failed' then 'See the error of the job' end,
       case when stage.no = 1 then jsonb_build_object('items', job.number * 13 % 400) end,
       case when stage.no = 1 then update_key(ends, job.job_id) end
  from sample_jobs job
 cross join (
       values (1, 0, 20, array['connect', 'fetch', 'collect', 'resolve', 'download']),
              (2, 20, 75, array['dump', 'compare', 'render', 'probe', 'parse']),
              (3, 75, 100, array['upload', 'publish', 'send', 'report', 'store'])) stage (no, since, until, names)
 cross join lateral (
       select job.started_at + job.run_ms * stage.since / 100 * interval '1 millisecond' as begins,
              job.started_at + job.run_ms * stage.until / 100 * interval '1 millisecond' as ends,
              stage.no = 2 and job.fate in ('running', 'lost', 'canceled') as open) times
 where job.started_at is not null
   and (stage.no < 3 or job.fate = 'succeeded');

-- Adds the days of these jobs, too.
do $days$
begin
    perform roll_partitions(now(), interval '90 days');
end
$days$;

do $report$
begin
    raise notice '% jobs, % stages', (select count(*) from jobs), (select count(*) from job_stages);
end
$report$;
