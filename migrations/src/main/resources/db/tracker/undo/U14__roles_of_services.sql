-- U14: the way back of V14
-- Locks: row locks in the catalog, for milliseconds
-- Data: none is touched; logins lose what they could do here through these roles
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop procedure grant_gonkapulse_service_rights();

do $roles$
declare
    role text;
    name text;
begin
    foreach role in array array['gonkapulse_stats_writer', 'gonkapulse_earnings_aggregator'] loop
        continue when to_regrole(role) is null;
        for name in
            select relname
              from pg_class
             where relnamespace = 'public'::regnamespace
               and relkind in ('r', 'v', 'p', 'm', 'f')
        loop
            execute format('revoke all on public.%I from %I', name, role);
        end loop;
        execute format('revoke all on schema public from %I', role);
        execute format('revoke all on database %I from %I', current_database(), role);
        if exists (
            select
              from pg_auth_members
             where roleid = to_regrole(role)
               and member not in (
                   select relowner
                     from pg_class
                    where oid = 'public.flyway_schema_history'::regclass)
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
