-- transaction
-- alter, lock none, changes_privileges
REVOKE SELECT (xmin) ON TABLE s.t FROM pg_monitor;
-- create, lock none
CREATE SEQUENCE s.q AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;
-- alter, lock none
REVOKE SELECT ON SEQUENCE s.q FROM pg_monitor;
-- alter, lock none
GRANT SELECT ON SEQUENCE s.q TO CURRENT_USER;
-- alter, lock none
GRANT SELECT (last_value) ON TABLE s.q TO PUBLIC;
-- alter, lock none, changes_privileges
SECURITY LABEL FOR gone ON TABLE s.t IS NULL;
-- alter, lock none, changes_privileges
SECURITY LABEL FOR kept ON TABLE s.t IS 'it''s';
-- create, lock none
CREATE TABLE s.u (
    a integer
);
-- alter, lock none
REVOKE SELECT ON TABLE s.u FROM pg_monitor;
-- alter, lock none
GRANT SELECT ON TABLE s.u TO CURRENT_USER;
-- alter, lock none
SECURITY LABEL FOR kept ON COLUMN s.u.a IS 'column';
-- alter, lock none, changes_privileges
GRANT SELECT (ctid) ON TABLE s.t TO pg_monitor WITH GRANT OPTION;
-- alter, lock none
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
-- alter, lock none, changes_privileges
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON SEQUENCES TO pg_monitor WITH GRANT OPTION;
-- alter, lock none, changes_privileges
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s GRANT INSERT ON TABLES TO pg_monitor;
-- alter, lock none, changes_privileges
GRANT SELECT (rolname) ON TABLE pg_catalog.pg_authid TO pg_monitor;
-- alter, lock none, changes_privileges
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
-- alter, lock none, changes_privileges
REVOKE GRANT OPTION FOR EXECUTE ON ROUTINE pg_catalog.pg_ls_dir(text) FROM pg_monitor CASCADE;
-- withheld: database setting search_path: settings of a database are changed only on request (--with-database-settings)
-- kept: system privilege "ROUTINE"."pg_catalog.pg_sleep(double precision)"
