-- U6: the way back of V6
-- Locks: access exclusive on users, for milliseconds
-- Data: telegram, discord and currency_preference are lost
-- Lock timeout: 5s
-- Statement timeout: 1min
-- Transaction: yes

alter table users
    drop column currency_preference,
    drop column discord,
    drop column telegram;
