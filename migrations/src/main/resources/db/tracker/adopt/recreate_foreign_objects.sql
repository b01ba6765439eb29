-- Recreates foreign objects where the tables still have their columns; reports the others.
-- Lock timeout: 5s
-- Statement timeout: 30min

do $back$
declare
    thing record;
    present text;
    statement text;
    label text;
    definition text;
begin
    for thing in
        select *
          from gonkapulse_adoption.set_aside
         where outcome is null
         order by position desc
    loop
        label := thing.kind || ' ' || thing.name
            || case when thing.relation = thing.name then '' else ' on ' || thing.relation end;
        present := null;
        definition := regexp_replace(thing.definition, '\s+', ' ', 'g');
        if thing.kind = 'index' then
            present := pg_get_indexdef(to_regclass(quote_ident(thing.name)));
        elsif thing.kind = 'constraint' then
            select pg_get_constraintdef(oid)
              into present
              from pg_constraint
             where conrelid = to_regclass(thing.relation)
               and conname = thing.name;
        end if;
        if present is not null then
            update gonkapulse_adoption.set_aside
               set outcome = case when present = thing.definition then 'same as ours' else 'gives way to ours' end
             where position = thing.position;
            if present <> thing.definition then
                raise warning 'Your % is replaced by ours of the same name; it was: %', label, definition;
            end if;
            continue;
        end if;
        begin
            foreach statement in array thing.statements loop
                -- These two columns are not enums any more.
                if to_regtype('node_requests_status_enum') is null then
                    statement := replace(statement, '::node_requests_status_enum', '');
                    statement := replace(statement, '::node_requests_gpu_type_enum', '');
                end if;
                execute statement;
            end loop;
            update gonkapulse_adoption.set_aside
               set outcome = 'made again'
             where position = thing.position;
            raise notice 'Your % was recreated', label;
        exception
            when others then
                update gonkapulse_adoption.set_aside
                   set outcome = sqlerrm
                 where position = thing.position;
                raise warning 'Your % cannot be recreated: %; it was: %', label, sqlerrm, definition;
        end;
    end loop;
    if exists (
        select
          from gonkapulse_adoption.set_aside
         where outcome not in ('made again', 'same as ours'))
    then
        raise notice 'The dropped objects are stored in gonkapulse_adoption.set_aside; adopt --undo restores them';
    end if;
end
$back$;
