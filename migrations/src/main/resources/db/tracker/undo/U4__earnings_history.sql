-- U4: the way back of V4
-- Locks: access exclusive on earnings_history and nodes
-- Data: the history is lost; earnings-aggregator rebuilds what the topics still hold
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop table earnings_history;
