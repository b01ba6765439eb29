-- U11: the way back of V11
-- Locks: access exclusive on earnings_history, epoch_settlements and earnings_ledger, for milliseconds
-- Data: inferences by day and exact totals are lost; they follow from the ledger
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop function ngonka_to_gnk(numeric);

drop index idx_settlements_node_forfeited_on;
drop index idx_settlements_node_settled_on;
drop index idx_ledger_node_day;

drop table node_earnings;

alter table epoch_settlements
    drop column forfeited_on;

alter table earnings_history
    drop column inferences;

comment on column earnings_history.state is 'provisional while an epoch that touches the day is unsettled, then settled';
comment on column earnings_history.source is 'Tracker that said so';
comment on column earnings_ledger.source is 'Tracker that last raised a counter';
comment on column earnings_ledger.observed_at is 'Newest moment that a counter was seen at';
comment on table epoch_settlements is
    'The settlement of each node and epoch; the one with the greatest observed_at wins';
