-- U18: the way back of V18
-- Locks: access exclusive on consumer_offsets, for milliseconds
-- Data: the ids of topics are lost; the positions stay
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table consumer_offsets
    drop column topic_id;
