-- Whether there is enough to read to share it between two sessions.  A standby exports no snapshot that would serve.
SELECT pg_catalog.pg_relation_size('pg_catalog.pg_attribute'::pg_catalog.regclass) > 6 * 1024 * 1024
       AND NOT pg_catalog.pg_is_in_recovery() AS large
