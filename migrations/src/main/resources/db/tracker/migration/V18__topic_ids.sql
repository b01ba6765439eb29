-- V18: the id of the topic that a position counts records of, so that a topic that was made anew is noticed
-- Locks: access exclusive on consumer_offsets, for milliseconds
-- Way back: the ids are lost; a consumer that knows them takes them from the broker again
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table consumer_offsets
    add column topic_id uuid;

comment on column consumer_offsets.topic_id is
    'Kafka''s id of the topic that next_offset counts records of; null: the consumer takes it from the broker at its next start';
