-- U8: no views, offsets and rights of job audit
-- Locks: access exclusive on the views and the offsets, for milliseconds
-- Data: the offsets of the job recorder are lost: it reads job.events from the beginning again; logins lose what they
--     could do here through the roles
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop procedure grant_job_rights();
drop view v_job_events;
drop view v_job_last_stage;
drop view v_job_stages;
drop view v_jobs_summary;
drop view job_stage_summary;
drop view recent_jobs;
drop view job_metrics_by_bot;
drop view job_durations_api;
drop view job_id_days_api;
drop view job_sums_api;
drop view job_stage_numbers_api;
drop view job_counts_api;
drop view job_stages_api;
drop view jobs_api;
drop table job_partitions;
drop table consumer_offsets;

do $roles$
declare
    role text;
    name text;
begin
    foreach role in array array['gonkapulse_job_recorder', 'gonkapulse_reader'] loop
        continue when to_regrole(role) is null;
        for name in
            select relname
              from pg_class
             where relnamespace = 'audit'::regnamespace
               and relkind in ('r', 'v', 'p', 'm', 'f')
        loop
            execute format('revoke all on audit.%I from %I', name, role);
        end loop;
        execute format(
            'revoke all on function roll_partitions(timestamptz, interval), delete_other_ids(timestamptz, integer) '
            'from %I', role);
        execute format('revoke all on schema audit from %I', role);
        -- The reader may connect because of another module.
        if role <> 'gonkapulse_reader' then
            execute format('revoke all on database %I from %I', current_database(), role);
        end if;
        if exists (
            select
              from pg_auth_members
             where roleid = to_regrole(role)
               and member not in (
                   select relowner
                     from pg_class
                    where oid = 'audit.flyway_schema_history'::regclass)
               and member <> current_user::regrole)
        then
            raise notice 'Role % stays: there are logins in it', role;
            continue;
        end if;
        begin
            execute format('drop role %I', role);
        exception
            when dependent_objects_still_exist then
                raise notice 'Role % stays: something on this server still needs it', role;
            when insufficient_privilege then
                raise notice 'Role % stays: % may not drop it', role, current_user;
        end;
    end loop;
end
$roles$;
