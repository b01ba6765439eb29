-- First part of adopt --undo: stores the current rows and empties the tables, so that every migration can be undone.
-- Lock timeout: 5s
-- Statement timeout: 30min

do $leave$
declare
    ours constant text[] := string_to_array(current_setting('adopt.ours'), ',');
    kept text := 'gonkapulse_undone';
    number integer := 1;
    thing record;
    name text;
    names text;
    rows_before bigint;
    rows_now bigint;
begin
    set constraints all immediate;
    for name in
        select relname
          from pg_class
         where relnamespace = current_schema()::regnamespace
           and relkind = 'r'
           and relname = any (ours)
         order by relname
    loop
        execute format('lock table %I in access exclusive mode', name);
    end loop;

    select string_agg(format('%s on %s', conname, conrelid::regclass), ', ' order by conname)
      into names
      from pg_constraint
      join pg_class referenced on referenced.oid = confrelid
     where contype = 'f'
       and referenced.relnamespace = current_schema()::regnamespace
       and referenced.relname = any (ours)
       and conrelid::regclass::text <> all (ours)
       and not exists (
           select
             from gonkapulse_adoption.definitions kept_before
            where kept_before.relation = conrelid::regclass::text
              and kept_before.name = conname);
    if names is not null then
        raise exception 'Foreign keys created after the adoption reference the adopted tables: %', names
            using hint = 'Drop them, then undo again.';
    end if;

    while to_regnamespace(kept) is not null loop
        number := number + 1;
        kept := 'gonkapulse_undone_' || number;
    end loop;
    execute format('create schema %I', kept);
    execute format('comment on schema %I is %L', kept,
        'Rows at the time of adopt --undo; drop the schema when they are no longer needed');
    for name in
        select relname
          from pg_class
         where relnamespace = current_schema()::regnamespace
           and relkind = 'r'
           and relname = any (ours)
           and relname not in ('flyway_schema_history', 'migration_steps')
         order by pg_temp.known_columns(relname) is null, relname
    loop
        execute format('select count(*) from %I', name)
           into rows_now;
        if pg_temp.known_columns(name) is not null then
            rows_before := 0;
            if to_regclass(format('gonkapulse_adoption.%I', name)) is not null then
                execute format('select count(*) from gonkapulse_adoption.%I', name)
                   into rows_before;
            end if;
            perform pg_temp.copy_rows(kept, name, 'The rows at the time of the undo');
            continue when rows_before = 0 and rows_now = 0;
            raise notice '%: % rows restored, % current rows are kept in %.%',
                name, rows_before, rows_now, kept, name;
        elsif name = 'user_node_origins' then
            perform pg_temp.copy_rows(kept, name, 'Data of rows of user_nodes');
        elsif rows_now > 0 then
            raise notice '%: its % rows are dropped; they can be computed from the topics, as far back as these reach', name, rows_now;
        end if;
    end loop;

    -- Foreign objects: those recreated after the adoption, and those that block the undo.
    for thing in
        select *
          from gonkapulse_adoption.set_aside
         where outcome = 'made again'
         order by position
    loop
        perform pg_temp.drop_object(thing.kind, thing.relation, thing.name);
    end loop;
    for thing in
        select kind,
               relation,
               definitions.name
          from gonkapulse_adoption.definitions
         where (kind = 'constraint' and phase = 40 and relation <> all (ours))
            or kind in ('view', 'materialized view')
         order by position desc
    loop
        perform pg_temp.drop_object(thing.kind, thing.relation, thing.name);
    end loop;
    for thing in
        select sequence.oid::regclass as sequence
          from pg_temp.adopted_tables() adopted
          join pg_depend on refobjid = adopted and refclassid = 'pg_class'::regclass and classid = refclassid and deptype = 'a'
          join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
    loop
        execute format('alter sequence %s owned by none', thing.sequence);
        execute format('alter sequence %s owner to %I', thing.sequence, current_user);
    end loop;

    select string_agg(format('%I', relname), ', ')
      into names
      from pg_class
     where relnamespace = current_schema()::regnamespace
       and relkind = 'r'
       and relname = any (ours)
       and relname not in ('flyway_schema_history', 'migration_steps');
    for name in
        select unnest(string_to_array(names, ', '))
    loop
        execute format('alter table %s disable trigger user', name);
    end loop;
    execute 'truncate ' || names;
end
$leave$;
