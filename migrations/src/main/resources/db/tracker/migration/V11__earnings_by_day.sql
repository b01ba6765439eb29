-- V11: what the roll-up of earnings by day needs: work by day, exact totals, the days of an epoch by index
-- Locks: access exclusive on earnings_history for milliseconds; on epoch_settlements while it is rewritten with the new
--     column, and share on earnings_ledger while it is indexed (both are empty before the aggregator first ran)
-- Way back: drops the new columns, the totals and the indexes; a rebuild makes their content again
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

alter table earnings_history
    add column inferences bigint not null default 0;

alter table epoch_settlements
    add column forfeited_on date generated always as ((forfeited_at at time zone 'UTC')::date) stored;

create table node_earnings (
    node_id uuid not null,
    total numeric(38, 0) not null default 0,
    constraint node_earnings_pkey primary key (node_id),
    constraint node_earnings_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade
) with (fillfactor = 50);

create index idx_ledger_node_day on earnings_ledger (node_id, day);
create index idx_settlements_node_settled_on on epoch_settlements (node_id, settled_on);
create index idx_settlements_node_forfeited_on on epoch_settlements (node_id, forfeited_on)
    where forfeited_on is not null;

-- numeric rounds halves away from zero; half-even is what everybody else here does.
create function ngonka_to_gnk(ngonka numeric)
returns numeric
language sql
immutable
return round(
    (ngonka - case when mod(abs(ngonka), 20) = 5 then sign(ngonka) else 0 end) / 1000000000,
    8);

comment on function ngonka_to_gnk(numeric) is 'GNK with 8 decimals, half-even';

comment on column earnings_history.inferences is 'Inferences of the day, by the same rule as its earnings';
comment on column earnings_history.state is
    'provisional while an epoch that touches the day has no exact settlement, then settled';
comment on column earnings_history.source is 'Tracker that said so, of the newest epoch that touches the day';
comment on column earnings_ledger.source is 'Tracker that was first to say the largest earned';
comment on column earnings_ledger.observed_at is 'When the largest earned was first seen';
comment on table epoch_settlements is
    'The settlement of each node and epoch; an exact one wins over an approximate one, then the greatest observed_at';
comment on column epoch_settlements.forfeited_on is
    'UTC day of forfeited_at: the day that the reward is taken back on';

comment on table node_earnings is 'The exact total of each node; its row is locked while the node''s days change';
comment on column node_earnings.node_id is 'The node';
comment on column node_earnings.total is 'ngonka of all rows of earnings_history that were rolled up here';
comment on index node_earnings_pkey is 'Total of a node';
comment on index idx_ledger_node_day is 'Epochs that touch a day of a node: the roll-up';
comment on index idx_settlements_node_settled_on is 'Epochs settled on a day of a node: the roll-up';
comment on index idx_settlements_node_forfeited_on is 'Epochs forfeited on a day of a node: the roll-up';

do $rights$
begin
    if to_regrole('gonkapulse_writer') is not null then
        grant select, insert, update, delete on node_earnings to gonkapulse_writer;
    end if;
end
$rights$;
