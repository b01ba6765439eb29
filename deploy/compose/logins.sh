#!/bin/bash
# Runs once, when the database is created: a login for each service, in the group with the least sufficient rights.
set -euo pipefail
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set migrations="$MIGRATIONS_PASSWORD" --set stats="$STATS_WRITER_PASSWORD" \
  --set earnings="$EARNINGS_AGGREGATOR_PASSWORD" --set jobs="$JOB_RECORDER_PASSWORD" \
  --set api="$API_GATEWAY_PASSWORD" --set db="$POSTGRES_DB" <<'SQL'
create role gonkapulse_owner nologin;
create role gonkapulse_writer nologin;
create role gonkapulse_reader nologin;
create role gonkapulse_stats_writer nologin;
create role gonkapulse_earnings_aggregator nologin;
create role gonkapulse_job_recorder nologin;

create role gonkapulse_migrations login createrole password :'migrations';
grant gonkapulse_owner, gonkapulse_writer, gonkapulse_reader, gonkapulse_stats_writer, gonkapulse_earnings_aggregator,
   gonkapulse_job_recorder
   to gonkapulse_migrations with admin option;
alter database :"db" owner to gonkapulse_migrations;
revoke connect, temporary on database :"db" from public;
-- By default every role may create large objects.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;

create role stats_writer login password :'stats' in role gonkapulse_stats_writer;
create role earnings_aggregator login password :'earnings' in role gonkapulse_earnings_aggregator;
create role job_recorder login password :'jobs' in role gonkapulse_job_recorder;
create role api_gateway login password :'api' in role gonkapulse_reader;
SQL
