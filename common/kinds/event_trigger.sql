-- Event triggers: in no schema; those whose function is in one that is read.
SELECT e.oid,
       e.evtname AS name,
       e.evtevent AS event,
       e.evttags AS tags,
       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) AS "function",
       e.evtenabled AS enabled,
       pg_catalog.pg_get_userbyid(e.evtowner) AS owner
  FROM pg_catalog.pg_event_trigger e
  JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE p.pronamespace = ANY ($1)
