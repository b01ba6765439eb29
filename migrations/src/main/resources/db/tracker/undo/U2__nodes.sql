-- U2: the way back of V2
-- Locks: access exclusive on nodes
-- Data: nodes are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

drop table nodes;
