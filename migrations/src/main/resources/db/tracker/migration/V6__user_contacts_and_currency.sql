-- V6: how to reach a user, and the currency that the user counts in
-- Locks: access exclusive on users, for milliseconds: no row is rewritten
-- Way back: drops the three columns; what they hold is lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table users
    add column telegram varchar(100),
    add column discord varchar(100),
    add column currency_preference varchar(10) default 'USD';
