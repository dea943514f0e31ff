-- The program's two database roles. Run as a superuser inside the program's database; running it again changes nothing.
--   owner  owns the database and runs the migrations
--   app    web, worker and clock: reads and writes rows, and can change no table
-- Log-in and passwords are given elsewhere (deploy/postgres-init.sh; the demo's launcher), so that none stands here.
do $$
begin
    if not exists (select from pg_roles where rolname = 'owner') then
        create role owner;
    end if;
    if not exists (select from pg_roles where rolname = 'app') then
        create role app;
    end if;
end
$$;

create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;

revoke create on schema public from public;
grant usage, create on schema public to owner;
grant usage on schema public to app;

-- What the owner makes later, the program may use. `manage.py secure_database` takes the append-only tables out again.
alter default privileges for role owner in schema public grant select, insert, update, delete on tables to app;
alter default privileges for role owner in schema public grant usage, select on sequences to app;
