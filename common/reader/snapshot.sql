-- Which transactions are seen: equal texts, and nothing was committed in between.
-- On a standby the list of those that run is not in it, so there it tells nothing.
SELECT CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_current_snapshot()::pg_catalog.text END
