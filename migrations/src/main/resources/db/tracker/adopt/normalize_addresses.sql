-- Normalizes addresses so that the API finds them, with one spelling for each node.
-- Preference among spellings: lower case, then table nodes, then the oldest, then the smallest id.
-- Lock timeout: 5s
-- Statement timeout: 30min

-- Blank characters in the sense of Java, as far as the encoding of the database contains them.
create or replace function pg_temp.blanks()
returns text
language plpgsql
as $body$
begin
    if getdatabaseencoding() = 'UTF8' then
        return E' \t\n\r\f\v' || (
            select string_agg(chr(code), '')
              from unnest(array[28, 29, 30, 31, 133, 160, 5760, 8203, 8232, 8233, 8239, 8287, 12288, 65279]
                  || array(select generate_series(8192, 8202))) code);
    end if;
    return E' \t\n\r\f\v';
end
$body$;

-- A chain address is in lower or upper case, never mixed. No identifier may contain a URL separator.
create or replace function pg_temp.spelling(address text)
returns text
language plpgsql
as $body$
declare
    clean constant text := regexp_replace(btrim(address, pg_temp.blanks()), '[/\\[:cntrl:]]', '_', 'g');
begin
    return case
        when clean in ('.', '..') then replace(clean, '.', '_')
        when clean ~* '^gonka(valoper|valcons)?1' and clean <> upper(clean) then lower(clean)
        else clean
    end;
end
$body$;

create or replace function pg_temp.is_bech32(address text)
returns boolean
language plpgsql
as $body$
declare
    alphabet constant text := 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
    generators constant bigint[] := array[996825010, 642813549, 513874426, 1027748829, 705979059];
    separator constant integer := length(address) - position('1' in reverse(address)) + 1;
    checksum bigint := 1;
    top bigint;
    given integer;
    values_of integer[] := '{}';
begin
    if separator < 2 or separator > length(address) or length(address) - separator < 6 or length(address) > 90 then
        return false;
    end if;
    for i in 1 .. separator - 1 loop
        values_of := values_of || (ascii(substr(address, i, 1)) >> 5);
    end loop;
    values_of := values_of || 0;
    for i in 1 .. separator - 1 loop
        values_of := values_of || (ascii(substr(address, i, 1)) & 31);
    end loop;
    for i in separator + 1 .. length(address) loop
        given := position(substr(address, i, 1) in alphabet) - 1;
        if given < 0 then
            return false;
        end if;
        values_of := values_of || given;
    end loop;
    foreach given in array values_of loop
        top := checksum >> 25;
        checksum := ((checksum & 33554431) << 5) # given;
        for i in 0 .. 4 loop
            if ((top >> i) & 1) = 1 then
                checksum := checksum # generators[i + 1];
            end if;
        end loop;
    end loop;
    return checksum = 1;
end
$body$;

create temporary table adopt_addresses (
    source text, id uuid, stored text, spelling text, key text, created_at timestamptz, user_id uuid, is_active boolean
) on commit drop;
-- V1 cannot store several assignments of a node; the others are restored once V7 allows them.
create temporary table adopt_merged on commit drop as
select *
  from user_nodes
  with no data;

do $addresses$
declare
    item record;
    moved bigint;
    stayed bigint;
begin
    perform pg_temp.refuse_rows('user_nodes', 'btrim(node_address, pg_temp.blanks()) = ''''', 'node_address is blank');
    insert into adopt_addresses
    select 'user_nodes', id, node_address, pg_temp.spelling(node_address), null, created_at, user_id, is_active
      from user_nodes;
    if to_regclass('nodes') is not null then
        perform pg_temp.refuse_rows('nodes', 'btrim(identifier, pg_temp.blanks()) = ''''', 'identifier is blank');
        insert into adopt_addresses
        select 'nodes', id, identifier, pg_temp.spelling(identifier), null, created_at, null, null
          from nodes;
    end if;
    update adopt_addresses
       set key = case when spelling ~* '^gonka(valoper|valcons)?1' then lower(spelling) else spelling end;
    update adopt_addresses address
       set spelling = chosen.spelling
      from (select distinct on (key) key,
                   spelling
              from adopt_addresses
             order by key, spelling = lower(spelling) desc, source, created_at, id) chosen
     where chosen.key = address.key;

    for item in
        select *
          from (select *,
                       first_value(id) over same as chosen_id,
                       first_value(stored) over same as chosen,
                       row_number() over same as place
                  from adopt_addresses
                 where source = 'nodes'
                window same as (partition by key order by stored = spelling desc, created_at, id)) ranked
         where place > 1
         order by key, place
    loop
        update earnings_history
           set node_id = item.chosen_id
         where node_id = item.id
           and date not in (select date from earnings_history where node_id = item.chosen_id);
        get diagnostics moved = row_count;
        delete from earnings_history
         where node_id = item.id;
        get diagnostics stayed = row_count;
        update node_stats_cache
           set node_id = item.chosen_id
         where node_id = item.id
           and not exists (select from node_stats_cache where node_id = item.chosen_id);
        delete from node_stats_cache
         where node_id = item.id;
        update nodes chosen
           set display_name = coalesce(chosen.display_name, other.display_name),
               gpu_type = coalesce(chosen.gpu_type, other.gpu_type),
               region = coalesce(chosen.region, other.region),
               gcore_instance_id = coalesce(chosen.gcore_instance_id, other.gcore_instance_id)
          from nodes other
         where chosen.id = item.chosen_id
           and other.id = item.id;
        delete from nodes
         where id = item.id;
        update adopt_rows
           set key = case when table_name = 'node_stats_cache' then item.chosen_id::text else key end,
               content = content || jsonb_build_object('node_id', item.chosen_id)
         where content ->> 'node_id' = item.id::text
           and (key in (select id::text from earnings_history where node_id = item.chosen_id)
                or table_name = 'node_stats_cache' and not exists (
                   select
                     from adopt_rows chosen
                    where chosen.table_name = 'node_stats_cache'
                      and chosen.key = item.chosen_id::text));
        delete from adopt_rows
         where content ->> 'node_id' = item.id::text
            or (table_name = 'nodes' and key = item.id::text);
        insert into gonkapulse_adoption.addresses (table_name, id, before, after, remark)
        values ('nodes', item.id, item.stored, item.spelling, format('merged into node %s', item.chosen_id));
        raise warning 'Node % "%" is another spelling of node % "%": % days of earnings moved there; % days already exist there, and those of "%" are kept in gonkapulse_adoption only',
            item.id, item.stored, item.chosen_id, item.spelling, moved, stayed, item.stored;
    end loop;

    for item in
        select *
          from (select *,
                       first_value(id) over same as chosen_id,
                       row_number() over same as place,
                       row_number() over (
                           partition by key, user_id order by stored = spelling desc, is_active desc, created_at, id) as of_user
                  from adopt_addresses
                 where source = 'user_nodes'
                window same as (partition by key order by stored = spelling desc, is_active desc, created_at, id)) ranked
         where place > 1
         order by key, place
    loop
        if item.of_user = 1 then
            insert into adopt_merged
            select *
              from user_nodes
             where id = item.id;
            update adopt_rows
               set content = content || jsonb_build_object('node_address', item.spelling)
             where table_name = 'user_nodes'
               and key = item.id::text;
            raise warning 'Assignment % "%" is of node "%" as well: both users have it now', item.id, item.stored, item.spelling;
        else
            delete from adopt_rows
             where table_name = 'user_nodes'
               and key = item.id::text;
            raise warning 'Assignment % "%" repeats one of the same user and node "%": it is kept in gonkapulse_adoption.user_nodes only',
                item.id, item.stored, item.spelling;
        end if;
        delete from user_nodes
         where id = item.id;
        insert into gonkapulse_adoption.addresses (table_name, id, before, after, remark)
        values ('user_nodes', item.id, item.stored, item.spelling, format('the same node as in assignment %s', item.chosen_id));
    end loop;

    insert into gonkapulse_adoption.addresses (table_name, id, before, after, remark)
    select source, id, stored, spelling, 'spelled otherwise'
      from adopt_addresses
     where stored <> spelling
       and id not in (select id from gonkapulse_adoption.addresses);
    for item in
        select *
          from gonkapulse_adoption.addresses
         where remark = 'spelled otherwise'
         order by table_name, id
    loop
        raise warning 'The address "%" in % % becomes "%"', item.before, item.table_name, item.id, item.after;
    end loop;
    update user_nodes assignment
       set node_address = address.after
      from gonkapulse_adoption.addresses address
     where address.table_name = 'user_nodes'
       and address.id = assignment.id;
    if to_regclass('nodes') is not null then
        update nodes node
           set identifier = address.after
          from gonkapulse_adoption.addresses address
         where address.table_name = 'nodes'
           and address.id = node.id;
    end if;
    update adopt_rows remembered
       set content = content || jsonb_build_object(
               case table_name when 'nodes' then 'identifier' else 'node_address' end, address.spelling)
      from adopt_addresses address
     where address.source = remembered.table_name
       and address.id::text = remembered.key;

    for item in
        select key,
               min(spelling) as spelling
          from adopt_addresses
         where spelling ~* '^gonka(valoper|valcons)?1'
           and not pg_temp.is_bech32(lower(spelling))
         group by key
         order by key
    loop
        insert into gonkapulse_adoption.addresses (table_name, id, before, after, remark)
        select source, id, stored, spelling, 'not an address: its checksum is wrong'
          from adopt_addresses
         where key = item.key;
        raise warning 'The address "%" is not valid (its checksum is wrong): no tracker will report it', item.spelling;
    end loop;
end
$addresses$;
