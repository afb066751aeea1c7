CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
GRANT SELECT (ctid), SELECT (xmin) ON s.t TO pg_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON SEQUENCES TO pg_monitor;
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('s.t'::regclass, 'pg_class'::regclass, 0, 'gone', 'x'), ('s.t'::regclass, 'pg_class'::regclass, 0, 'kept', 'old');
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO pg_monitor WITH GRANT OPTION;
