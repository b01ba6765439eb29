-- Sample data for development: three users, twelve nodes, thirty days of earnings. Running it again adds what is missing.
-- Nobody can sign in with these users: they have no password.

insert into users (id, email, name, role, provider, google_id, telegram, currency_preference)
values ('00000000-0000-4000-8000-000000000001', 'admin@seed.example', 'Ada Admin', 'admin', 'google', 'seed-1', '@ada', 'USD'),
       ('00000000-0000-4000-8000-000000000002', 'olga@seed.example', 'Olga Operator', 'user', 'google', 'seed-2', null, 'EUR'),
       ('00000000-0000-4000-8000-000000000003', 'iris@seed.example', null, 'user', 'google', 'seed-3', null, 'USD')
    on conflict do nothing;

insert into nodes (id, identifier, identifier_type, display_name, gpu_type, region, created_at)
select ('00000000-0000-4000-8000-0000000001' || to_char(number, 'FM00'))::uuid,
       'gonka1seed' || to_char(number, 'FM00'),
       'wallet',
       'Sample node ' || number,
       (array['H100', 'H200', 'A100'])[number % 3 + 1],
       (array['Luxembourg', 'Tokyo', 'Manassas'])[number % 3 + 1],
       now() - interval '40 days'
  from generate_series(1, 12) number
    on conflict do nothing;

insert into user_nodes (user_id, node_id, label, notes, is_active, assigned_at, assigned_by)
select ('00000000-0000-4000-8000-00000000000' || number % 2 + 2)::uuid,
       ('00000000-0000-4000-8000-0000000001' || to_char(number, 'FM00'))::uuid,
       'Rack ' || number,
       case when number % 4 = 0 then 'Moved to the new rack in spring' end,
       number % 5 <> 0,
       now() - interval '30 days',
       '00000000-0000-4000-8000-000000000001'
  from generate_series(1, 8) number
    on conflict do nothing;

insert into node_requests (id, user_id, gpu_type, gpu_count, region, message, status, type, budget)
values ('00000000-0000-4000-8000-000000000201', '00000000-0000-4000-8000-000000000002', 'H100', 8, 'Luxembourg', 'As soon as possible', 'pending', 'new_node', '20000 USD a month'),
       ('00000000-0000-4000-8000-000000000202', '00000000-0000-4000-8000-000000000003', 'H200', 1, null, 'My node is jailed', 'completed', 'support', null)
    on conflict do nothing;

insert into trackers (name, kind, interval_ms, owner, last_poll_at, last_success_at, outcome, epoch, height)
values ('seed-tracker', 'gonka-tracker', 60000, 'seed', now(), now(), 'ok', 200, 4000000)
    on conflict do nothing;

insert into earnings_history (node_id, date, earnings_gnk, earnings_ngonka, source, state)
select node.id,
       (now() at time zone 'UTC')::date - age,
       ngonka / 1000000000.0,
       ngonka,
       'seed-tracker',
       case when age < 2 then 'provisional' else 'settled' end
  from nodes node
 cross join generate_series(0, 29) age
 cross join lateral (
       select (2000000000 + abs(hashtext(node.identifier || age)) % 7000000000) / 10 * 10 as ngonka) amount
 where node.identifier like 'gonka1seed%'
    on conflict do nothing;

insert into node_stats_cache
       (node_id, status, earnings_day, earnings_total, uptime_percent, tokens_per_sec, jobs_day, active_model, voting_weight, source,
        earnings_date)
select node.id,
       (array['healthy', 'healthy', 'healthy', 'unhealthy', 'jailed'])[abs(hashtext(node.identifier)) % 5 + 1],
       sum(history.earnings_gnk) filter (where history.date = (now() at time zone 'UTC')::date),
       sum(history.earnings_gnk),
       99.5,
       120,
       340,
       'Qwen/Qwen3-235B-A22B',
       1000,
       'seed-tracker',
       (now() at time zone 'UTC')::date
  from nodes node
  join earnings_history history on history.node_id = node.id
 where node.identifier like 'gonka1seed%'
 group by node.id, node.identifier
    on conflict do nothing;

do $report$
begin
    raise notice '% users, % nodes, % assignments, % days of earnings',
        (select count(*) from users), (select count(*) from nodes), (select count(*) from user_nodes),
        (select count(*) from earnings_history);
end
$report$;
