-- U10: the way back of V10
-- Locks: access exclusive on one table at a time while its owner changes, for milliseconds
-- Data: none is touched; logins lose what they could do here through the group roles
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

do $rights$
declare
    migrator constant name := (
        select pg_get_userbyid(relowner)
          from pg_class
         where oid = 'public.flyway_schema_history'::regclass);
    role text;
    name text;
begin
    for name in
        select relname
          from pg_class
         where relnamespace = 'public'::regnamespace
           and relkind in ('r', 'v')
           and relowner = to_regrole('gonkapulse_owner')
         order by relkind, relname
    loop
        execute format('alter table public.%I owner to %I', name, migrator);
    end loop;
    if to_regrole('gonkapulse_owner') is not null and to_regrole('gonkapulse_reader') is not null
        and pg_has_role(current_user, 'gonkapulse_owner', 'usage')
    then
        alter default privileges for role gonkapulse_owner in schema public
            revoke select on tables from gonkapulse_reader;
    end if;
    foreach role in array array['gonkapulse_reader', 'gonkapulse_writer', 'gonkapulse_owner'] loop
        continue when to_regrole(role) is null;
        for name in
            select relname
              from pg_class
             where relnamespace = 'public'::regnamespace
               and relkind in ('r', 'v', 'p', 'm', 'f')
        loop
            execute format('revoke all on public.%I from %I', name, role);
        end loop;
        execute format(
            'alter default privileges for role %I in schema public revoke all on tables from %I', migrator, role);
        execute format('revoke all on schema public from %I', role);
        execute format('revoke all on database %I from %I', current_database(), role);
    end loop;
end
$rights$;

drop procedure grant_gonkapulse_rights();

do $roles$
declare
    role text;
begin
    foreach role in array array['gonkapulse_reader', 'gonkapulse_writer', 'gonkapulse_owner'] loop
        continue when to_regrole(role) is null;
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
