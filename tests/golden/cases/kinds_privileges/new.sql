CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
CREATE TABLE s.u (a integer);
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA s GRANT SELECT, INSERT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON SEQUENCES TO pg_monitor WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('s.t'::regclass, 'pg_class'::regclass, 0, 'kept', 'it''s'), ('s.u'::regclass, 'pg_class'::regclass, 1, 'kept', 'column');
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = s, "a b"', current_database()); END $$;
