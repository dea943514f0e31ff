#!/bin/sh
# Runs once, when the database volume is new: the roles, their passwords, and who owns what.
set -eu
export PGDATABASE="$POSTGRES_DB" PGUSER="$POSTGRES_USER"
psql --set ON_ERROR_STOP=1 --quiet --file /deploy/roles.sql
# \getenv keeps the passwords out of the process list
psql --set ON_ERROR_STOP=1 --quiet <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv database POSTGRES_DB
alter role owner login password :'owner_password';
alter role app login password :'app_password';
alter database :"database" owner to owner;
revoke connect on database :"database" from public;
grant connect on database :"database" to app;
SQL
