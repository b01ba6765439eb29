-- V9: exact amounts, the epoch ledger, health, trackers, soft delete, search and views; explains every table and column
-- Locks: access exclusive on earnings_history while its amounts are filled in (about 4 s per million rows); on
--     user_nodes while its notes are indexed; on nodes and node_requests for milliseconds
-- Way back: earnings_history keeps its rows; the new tables are lost and can be rebuilt from the topics; it is refused
--     while a row is softly deleted, because the row would come back to life
-- Lock timeout: 5s
-- Statement timeout: 30min
-- Transaction: yes

alter table earnings_history
    add column earnings_ngonka numeric(38, 0),
    add column state varchar(20) not null default 'provisional',
    add column updated_at timestamptz not null default now();

-- Rewrites the table once, where an update would leave every row twice.
alter table earnings_history
    alter column earnings_ngonka type numeric(38, 0) using earnings_gnk * 1000000000;

alter table earnings_history
    add constraint chk_earnings_state check (state in ('provisional', 'settled')),
    add constraint chk_earnings_gnk_of_ngonka check (abs(earnings_gnk * 1000000000 - earnings_ngonka) <= 5);

create table earnings_ledger (
    node_id uuid not null,
    epoch bigint not null,
    day date not null,
    earned numeric(38, 0) not null default 0,
    inferences bigint not null default 0,
    missed bigint not null default 0,
    validated bigint not null default 0,
    invalidated bigint not null default 0,
    source varchar(64),
    observed_at timestamptz not null,
    constraint earnings_ledger_pkey primary key (node_id, epoch, day),
    constraint earnings_ledger_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade,
    constraint chk_ledger_not_negative
        check (epoch >= 0 and earned >= 0 and inferences >= 0 and missed >= 0 and validated >= 0 and invalidated >= 0)
) with (fillfactor = 80);

create table epoch_settlements (
    node_id uuid not null,
    epoch bigint not null,
    earned numeric(38, 0) not null,
    inferences bigint not null,
    missed bigint not null,
    validated bigint not null,
    invalidated bigint not null,
    rewarded numeric(38, 0) not null,
    claim varchar(20) not null,
    approximate boolean not null,
    settled_at timestamptz not null,
    settled_on date not null generated always as ((settled_at at time zone 'UTC')::date) stored,
    settled_height bigint,
    forfeited_at timestamptz,
    source varchar(64),
    observed_at timestamptz not null,
    constraint epoch_settlements_pkey primary key (node_id, epoch),
    constraint epoch_settlements_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade,
    constraint chk_settlement_claim check (claim in ('unclaimed', 'claimed', 'forfeited')),
    constraint chk_settlement_forfeited check ((claim = 'forfeited') = (forfeited_at is not null)),
    constraint chk_settlement_not_negative
        check (epoch >= 0 and earned >= 0 and rewarded >= 0 and inferences >= 0 and missed >= 0
            and validated >= 0 and invalidated >= 0)
) with (fillfactor = 90);

create table consumer_offsets (
    consumer_group varchar(255) not null,
    topic varchar(249) not null,
    partition integer not null,
    next_offset bigint not null,
    updated_at timestamptz not null default now(),
    constraint consumer_offsets_pkey primary key (consumer_group, topic, partition),
    constraint chk_offset_not_negative check (partition >= 0 and next_offset >= 0)
) with (fillfactor = 50);

-- 1152921504606846975 is 2^60 - 1: one bit for each minute of the hour, minute 0 the lowest.
create table node_health_hourly (
    node_id uuid not null,
    hour timestamptz not null,
    seen bigint not null default 0,
    unhealthy bigint not null default 0,
    jailed bigint not null default 0,
    constraint node_health_hourly_pkey primary key (node_id, hour),
    constraint node_health_hourly_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade,
    constraint chk_health_whole_hour check (mod(extract(epoch from hour), 3600) = 0),
    constraint chk_health_sixty_bits
        check (seen between 0 and 1152921504606846975
            and unhealthy between 0 and 1152921504606846975
            and jailed between 0 and 1152921504606846975)
) with (fillfactor = 80);

create table node_facts (
    node_id uuid not null,
    epoch bigint not null,
    participant_status varchar(50),
    gpu_count bigint,
    jailed_until timestamptz,
    tracker_success_rate numeric(5, 2),
    observed_at timestamptz not null,
    constraint node_facts_pkey primary key (node_id),
    constraint node_facts_node_id_fkey foreign key (node_id) references nodes (id) on delete cascade
) with (fillfactor = 70);

create table trackers (
    name varchar(64) not null,
    kind varchar(50) not null,
    interval_ms bigint not null,
    owner varchar(255),
    url text,
    last_poll_id varchar(100),
    last_poll_at timestamptz,
    last_success_at timestamptz,
    outcome varchar(20),
    error text,
    published bigint,
    skipped bigint,
    epoch bigint,
    height bigint,
    block_time timestamptz,
    phase varchar(100),
    catching_up boolean,
    avg_block_seconds numeric(12, 6),
    next_epoch_height bigint,
    updated_at timestamptz not null default now(),
    constraint trackers_pkey primary key (name),
    constraint chk_tracker_interval check (interval_ms > 0),
    constraint chk_tracker_outcome check (outcome in ('ok', 'partial', 'stale', 'failed'))
) with (fillfactor = 50);

create table tracker_polls (
    tracker varchar(64) not null,
    started_at timestamptz not null,
    poll_id varchar(100) not null,
    purpose varchar(20) not null,
    outcome varchar(20) not null,
    duration_ms bigint not null,
    constraint tracker_polls_pkey primary key (tracker, started_at, poll_id),
    constraint chk_poll_purpose check (purpose in ('current', 'settlement', 'backfill')),
    constraint chk_poll_outcome check (outcome in ('ok', 'partial', 'stale', 'failed')),
    constraint chk_poll_duration check (duration_ms >= 0)
);

alter table nodes
    add column deleted_at timestamptz;
alter table node_requests
    add column deleted_at timestamptz;

create index idx_user_nodes_notes_search on user_nodes using gin (to_tsvector('simple', coalesce(notes, '')));

-- Both repeat a unique key: nodes_identifier_key, and uq_earnings_node_date read backwards.
drop index idx_nodes_identifier;
drop index idx_earnings_node_date;

create view current_node_stats as
select node.id as node_id,
       node.identifier,
       node.identifier_type,
       node.display_name,
       node.gpu_type,
       node.region,
       case when silence.offline then 'offline' else stats.status end as status,
       stats.status as reported_status,
       silence.offline,
       stats.fetched_at < now() - coalesce(
           nullif(current_setting('gonkapulse.stats_ttl', true), '')::interval,
           interval '3 minutes') as stale,
       stats.earnings_day,
       stats.earnings_total,
       stats.uptime_percent,
       stats.tokens_per_sec,
       stats.jobs_day,
       stats.active_model,
       stats.voting_weight,
       stats.source,
       stats.fetched_at
  from nodes node
  left join node_stats_cache stats on stats.node_id = node.id
  left join trackers tracker on tracker.name = stats.source
 cross join lateral (
       select case
                  when stats.node_id is not null then coalesce(
                      tracker.last_success_at
                          > stats.fetched_at + 3 * tracker.interval_ms * interval '1 millisecond',
                      false)
              end as offline) silence
 where node.deleted_at is null;

create view user_node_overview as
select assignment.user_id,
       person.email,
       person.name as user_name,
       assignment.node_id,
       stats.identifier,
       coalesce(assignment.label, stats.display_name) as label,
       assignment.notes,
       assignment.is_active,
       assignment.assigned_at,
       assignment.assigned_by,
       stats.status,
       stats.offline,
       stats.stale,
       stats.earnings_day,
       stats.earnings_total,
       stats.uptime_percent,
       stats.active_model,
       stats.fetched_at
  from user_nodes assignment
  join users person on person.id = assignment.user_id
  join current_node_stats stats on stats.node_id = assignment.node_id;

create view earnings_monthly as
select history.node_id,
       node.identifier,
       date_trunc('month', history.date::timestamp)::date as month,
       sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000))::numeric(38, 0) as earnings_ngonka,
       sum(history.earnings_gnk) as earnings_gnk,
       count(*) as days,
       bool_and(history.state = 'settled') as settled
  from earnings_history history
  join nodes node on node.id = history.node_id
 group by history.node_id, node.identifier, date_trunc('month', history.date::timestamp);

comment on table users is 'People who use the portal';
comment on column users.id is 'Key';
comment on column users.email is 'Address to sign in with';
comment on column users.password is 'Hash; required for provider local';
comment on column users.name is 'Name to show';
comment on column users.role is 'user or admin';
comment on column users.provider is 'Who vouches for the user: local, google or github';
comment on column users.google_id is 'Account at Google';
comment on column users.github_id is 'Account at GitHub';
comment on column users.is_active is 'False: may not sign in';
comment on column users.created_at is 'When the user signed up';
comment on column users.updated_at is 'When the row last changed';
comment on column users.telegram is 'Contact';
comment on column users.discord is 'Contact';
comment on column users.currency_preference is 'Currency that amounts are shown in';

comment on table user_nodes is 'Which user watches which node; several users may share one';
comment on column user_nodes.user_id is 'The user';
comment on column user_nodes.label is 'The user''s own name for the node, whole';
comment on column user_nodes.notes is 'Notes of the portal about this assignment';
comment on column user_nodes.is_active is 'False: kept, but not shown';
comment on column user_nodes.assigned_at is 'When the node was assigned';
comment on column user_nodes.node_id is 'The node';
comment on column user_nodes.assigned_by is 'Who assigned it; null if unknown or gone';

comment on table user_node_origins is 'What V7 moved out of user_nodes, kept for its way back; goes with its assignment';
comment on column user_node_origins.user_id is 'The assignment';
comment on column user_node_origins.node_id is 'The assignment';
comment on column user_node_origins.id is 'Key in the first design';
comment on column user_node_origins.node_address is 'Address in the first design';
comment on column user_node_origins.gpu_type is 'GPU type in the first design';
comment on column user_node_origins.gcore_instance_id is 'Instance in the first design';
comment on column user_node_origins.updated_at is 'When the row last changed in the first design';
comment on column user_node_origins.node_before is 'What the node knew before the move; null if the move made the node';

comment on table node_requests is 'What users ask the portal for';
comment on column node_requests.id is 'Key';
comment on column node_requests.user_id is 'Who asks';
comment on column node_requests.gpu_type is 'GPU wanted';
comment on column node_requests.gpu_count is 'How many';
comment on column node_requests.region is 'Where';
comment on column node_requests.message is 'The user''s words';
comment on column node_requests.status is 'pending, approved, rejected or completed';
comment on column node_requests.admin_notes is 'The portal''s notes';
comment on column node_requests.processed_by is 'Who processed it; null if open, gone, or not to be told from processed_by_original';
comment on column node_requests.processed_at is 'When it was processed';
comment on column node_requests.created_at is 'When it was made';
comment on column node_requests.updated_at is 'When the row last changed';
comment on column node_requests.type is 'new_node, support or other';
comment on column node_requests.budget is 'What the user can spend, in words';
comment on column node_requests.network is 'Network that the node is for';
comment on column node_requests.assigned_to is 'Who looks after it';
comment on column node_requests.processed_by_original is 'What processed_by said before V8, word for word';
comment on column node_requests.deleted_at is 'Softly deleted since; null for a live row';

comment on table nodes is 'Nodes of the network';
comment on column nodes.id is 'Key';
comment on column nodes.identifier is 'Address on the chain';
comment on column nodes.identifier_type is 'What the address stands for: wallet, node_id, operator or validator';
comment on column nodes.display_name is 'Name to show';
comment on column nodes.gpu_type is 'Hardware type that the node has most of';
comment on column nodes.region is 'Where it stands';
comment on column nodes.gcore_instance_id is 'Rented instance';
comment on column nodes.created_at is 'When it became known here';
comment on column nodes.deleted_at is 'Softly deleted since; null for a live row. Earnings outlive it';

comment on table node_stats_cache is 'The newest stats of each node; the stats writer owns all but earnings_day, earnings_total and jobs_day';
comment on column node_stats_cache.node_id is 'The node';
comment on column node_stats_cache.status is 'healthy, unhealthy, jailed or unknown, as the newest snapshot says; offline is derived';
comment on column node_stats_cache.earnings_day is 'GNK of the UTC day of the newest snapshot';
comment on column node_stats_cache.earnings_total is 'GNK of all days';
comment on column node_stats_cache.uptime_percent is 'Healthy minutes of the seen minutes of the last 24 hours';
comment on column node_stats_cache.tokens_per_sec is 'Throughput';
comment on column node_stats_cache.jobs_day is 'Inferences of the UTC day';
comment on column node_stats_cache.active_model is 'First of the models that the node serves';
comment on column node_stats_cache.voting_weight is 'Weight in the active set';
comment on column node_stats_cache.source is 'Tracker that said so';
comment on column node_stats_cache.fetched_at is 'When the answer arrived here';

comment on table earnings_history is 'What each node earned on each UTC day';
comment on column earnings_history.id is 'Key';
comment on column earnings_history.node_id is 'The node';
comment on column earnings_history.date is 'UTC day';
comment on column earnings_history.earnings_gnk is 'earnings_ngonka in GNK, 8 decimals, half-even';
comment on column earnings_history.source is 'Tracker that said so';
comment on column earnings_history.created_at is 'When the row was made';
comment on column earnings_history.earnings_ngonka is 'Exact amount, the one to sum; null only where a foreign program wrote earnings_gnk alone';
comment on column earnings_history.state is 'provisional while an epoch that touches the day is unsettled, then settled';
comment on column earnings_history.updated_at is 'When the amount or the state last changed';

comment on table earnings_ledger is 'The largest live counters of each node, epoch and UTC day of observation: what earnings_history is made of';
comment on column earnings_ledger.node_id is 'The node';
comment on column earnings_ledger.epoch is 'Epoch of the chain; counters begin at zero with each';
comment on column earnings_ledger.day is 'UTC day of observation';
comment on column earnings_ledger.earned is 'ngonka paid by users so far in the epoch';
comment on column earnings_ledger.inferences is 'Inferences so far in the epoch';
comment on column earnings_ledger.missed is 'Missed so far in the epoch';
comment on column earnings_ledger.validated is 'Validated so far in the epoch';
comment on column earnings_ledger.invalidated is 'Invalidated so far in the epoch';
comment on column earnings_ledger.source is 'Tracker that last raised a counter';
comment on column earnings_ledger.observed_at is 'Newest moment that a counter was seen at';

comment on table epoch_settlements is 'The settlement of each node and epoch; the one with the greatest observed_at wins';
comment on column epoch_settlements.node_id is 'The node';
comment on column epoch_settlements.epoch is 'Epoch of the chain';
comment on column epoch_settlements.earned is 'Final ngonka paid by users';
comment on column epoch_settlements.inferences is 'Final count';
comment on column epoch_settlements.missed is 'Final count';
comment on column epoch_settlements.validated is 'Final count';
comment on column epoch_settlements.invalidated is 'Final count';
comment on column epoch_settlements.rewarded is 'ngonka paid by the chain';
comment on column epoch_settlements.claim is 'unclaimed, claimed or forfeited';
comment on column epoch_settlements.approximate is 'The source gives whole GNK only; an exact settlement takes its place';
comment on column epoch_settlements.settled_at is 'Block time of the settlement';
comment on column epoch_settlements.settled_on is 'UTC day of settled_at: the day that the reward counts for';
comment on column epoch_settlements.settled_height is 'Block of the settlement';
comment on column epoch_settlements.forfeited_at is 'Block time at which an unclaimed reward was lost';
comment on column epoch_settlements.source is 'Tracker that said so';
comment on column epoch_settlements.observed_at is 'Version: the moment that the answer speaks of';

comment on table consumer_offsets is 'How far each consumer has applied its topics, committed with the data';
comment on column consumer_offsets.consumer_group is 'Kafka consumer group';
comment on column consumer_offsets.topic is 'Kafka topic';
comment on column consumer_offsets.partition is 'Partition of the topic';
comment on column consumer_offsets.next_offset is 'First offset that is not applied yet';
comment on column consumer_offsets.updated_at is 'When it last moved';

comment on table node_health_hourly is 'Minutes of each node and hour as bits, merged by or';
comment on column node_health_hourly.node_id is 'The node';
comment on column node_health_hourly.hour is 'Begin of the UTC hour';
comment on column node_health_hourly.seen is 'Minutes with a snapshot; minute 0 is the lowest bit';
comment on column node_health_hourly.unhealthy is 'Minutes that the node was unhealthy';
comment on column node_health_hourly.jailed is 'Minutes that the node was jailed';

comment on table node_facts is 'What the newest snapshot says of a node and node_stats_cache has no column for';
comment on column node_facts.node_id is 'The node';
comment on column node_facts.epoch is 'Epoch of the snapshot';
comment on column node_facts.participant_status is 'The chain''s own word';
comment on column node_facts.gpu_count is 'GPUs of all types';
comment on column node_facts.jailed_until is 'When the node may work again';
comment on column node_facts.tracker_success_rate is '1 - missed / total of the epoch, in percent, as the tracker counts';
comment on column node_facts.observed_at is 'Version: the moment that the answer speaks of';

comment on table trackers is 'The newest poll of each tracker and what it said of the network';
comment on column trackers.name is 'Name in the configuration';
comment on column trackers.kind is 'Adapter that speaks to it';
comment on column trackers.interval_ms is 'Time between polls';
comment on column trackers.owner is 'Poller that polls it';
comment on column trackers.url is 'Who answered, or was asked last';
comment on column trackers.last_poll_id is 'Newest poll';
comment on column trackers.last_poll_at is 'When it began';
comment on column trackers.last_success_at is 'When the newest poll began that published something new';
comment on column trackers.outcome is 'ok, partial, stale or failed';
comment on column trackers.error is 'What went wrong, for an operator';
comment on column trackers.published is 'Snapshots of the newest poll';
comment on column trackers.skipped is 'Participants that it skipped';
comment on column trackers.epoch is 'Epoch of the chain';
comment on column trackers.height is 'Newest block';
comment on column trackers.block_time is 'Time of that block';
comment on column trackers.phase is 'Stage of the epoch';
comment on column trackers.catching_up is 'The answering node is behind the chain';
comment on column trackers.avg_block_seconds is 'Time between blocks';
comment on column trackers.next_epoch_height is 'Block at which the next epoch begins';
comment on column trackers.updated_at is 'When the row last changed';

comment on table tracker_polls is 'One row for each poll, for rates and durations; old rows are deleted by the writer';
comment on column tracker_polls.tracker is 'Name of the tracker';
comment on column tracker_polls.started_at is 'When the poll began';
comment on column tracker_polls.poll_id is 'Names the poll';
comment on column tracker_polls.purpose is 'current, settlement or backfill';
comment on column tracker_polls.outcome is 'ok, partial, stale or failed';
comment on column tracker_polls.duration_ms is 'All stages together';

comment on view current_node_stats is 'Live nodes with their newest stats. Set gonkapulse.stats_ttl (default 3 minutes) for another limit of stale';
comment on column current_node_stats.node_id is 'The node';
comment on column current_node_stats.identifier is 'Address on the chain';
comment on column current_node_stats.identifier_type is 'What the address stands for';
comment on column current_node_stats.display_name is 'Name to show';
comment on column current_node_stats.gpu_type is 'Hardware type';
comment on column current_node_stats.region is 'Where it stands';
comment on column current_node_stats.status is 'As reported, or offline';
comment on column current_node_stats.reported_status is 'As the newest snapshot says; null if never seen';
comment on column current_node_stats.offline is 'The tracker reported others for three intervals without this node';
comment on column current_node_stats.stale is 'Older than the limit';
comment on column current_node_stats.earnings_day is 'GNK of the day';
comment on column current_node_stats.earnings_total is 'GNK of all days';
comment on column current_node_stats.uptime_percent is 'Of the last 24 hours';
comment on column current_node_stats.tokens_per_sec is 'Throughput';
comment on column current_node_stats.jobs_day is 'Inferences of the day';
comment on column current_node_stats.active_model is 'Model';
comment on column current_node_stats.voting_weight is 'Weight in the active set';
comment on column current_node_stats.source is 'Tracker';
comment on column current_node_stats.fetched_at is 'When the answer arrived';

comment on view user_node_overview is 'Every assignment with its user and the node''s newest stats';
comment on column user_node_overview.user_id is 'The user';
comment on column user_node_overview.email is 'The user';
comment on column user_node_overview.user_name is 'The user';
comment on column user_node_overview.node_id is 'The node';
comment on column user_node_overview.identifier is 'Address on the chain';
comment on column user_node_overview.label is 'The user''s name for the node, else the node''s own';
comment on column user_node_overview.notes is 'Notes';
comment on column user_node_overview.is_active is 'Of the assignment';
comment on column user_node_overview.assigned_at is 'When';
comment on column user_node_overview.assigned_by is 'By whom';
comment on column user_node_overview.status is 'As reported, or offline';
comment on column user_node_overview.offline is 'See current_node_stats';
comment on column user_node_overview.stale is 'See current_node_stats';
comment on column user_node_overview.earnings_day is 'GNK of the day';
comment on column user_node_overview.earnings_total is 'GNK of all days';
comment on column user_node_overview.uptime_percent is 'Of the last 24 hours';
comment on column user_node_overview.active_model is 'Model';
comment on column user_node_overview.fetched_at is 'When the answer arrived';

comment on view earnings_monthly is 'Earnings of each node and calendar month (UTC), deleted nodes included';
comment on column earnings_monthly.node_id is 'The node';
comment on column earnings_monthly.identifier is 'Address on the chain';
comment on column earnings_monthly.month is 'First day of the month';
comment on column earnings_monthly.earnings_ngonka is 'Exact sum';
comment on column earnings_monthly.earnings_gnk is 'Sum of the rounded days';
comment on column earnings_monthly.days is 'Days with a row';
comment on column earnings_monthly.settled is 'Every one of them is settled';

comment on index users_pkey is 'User by id: joins';
comment on index users_email_key is 'Sign-in by e-mail; one user per address';
comment on index users_google_id_key is 'Sign-in with Google';
comment on index users_github_id_key is 'Sign-in with GitHub';
comment on index idx_users_role is 'Administrators: where role = ?';
comment on index idx_users_is_active is 'Active users by id: where is_active';
comment on index user_nodes_pkey is 'Assignment of a user and a node; a user once per node';
comment on index idx_user_nodes_user_id is 'A user''s nodes in the portal, active or not';
comment on index idx_user_nodes_active is 'A user''s active nodes: where user_id = ? and is_active';
comment on index idx_user_nodes_node_id is 'Users of a node; cascade from nodes';
comment on index idx_user_nodes_notes_search is 'Search in notes: to_tsvector(''simple'', coalesce(notes, '''')) @@ query';
comment on index user_node_origins_pkey is 'Origin of an assignment: the way back of V7';
comment on index node_requests_pkey is 'Request by id';
comment on index idx_requests_user_id is 'A user''s requests; cascade from users';
comment on index idx_requests_status is 'Requests by status: where status = ?';
comment on index idx_requests_created_at is 'Newest requests first: order by created_at desc';
comment on index idx_requests_type is 'Requests by type: where type = ?';
comment on index idx_requests_assigned_to is 'Requests that somebody looks after: where assigned_to = ?';
comment on index nodes_pkey is 'Node by id: joins';
comment on index nodes_identifier_key is 'Node by identifier: /nodes/{identifier}, the writers, sort by identifier';
comment on index idx_nodes_gpu_type is 'Nodes by GPU type: /nodes?gpuType=';
comment on index node_stats_cache_pkey is 'Stats of a node';
comment on index idx_node_stats_fetched is 'Newest or oldest stats: sort by fetchedAt';
comment on index idx_node_stats_status is 'Nodes by status: /nodes?status=';
comment on index earnings_history_pkey is 'Row by id';
comment on index uq_earnings_node_date is 'A node''s days, both ways: /nodes/{identifier}/earnings; one row per node and day';
comment on index idx_earnings_date is 'All nodes of a range of days: /earnings';
comment on index earnings_ledger_pkey is 'A node''s epochs and days: upsert, and the days of an epoch';
comment on index epoch_settlements_pkey is 'A node''s settlements: upsert, and the days of an epoch';
comment on index consumer_offsets_pkey is 'Offsets of a consumer group at its start';
comment on index node_health_hourly_pkey is 'A node''s hours: upsert, uptime, /nodes/{identifier}/health';
comment on index node_facts_pkey is 'Facts of a node';
comment on index trackers_pkey is 'Tracker by name: current_node_stats, /trackers';
comment on index tracker_polls_pkey is 'Polls of a tracker since a time: /trackers; a poll once';
