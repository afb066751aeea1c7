-- Subscriptions of this database.  How they connect (subconninfo) is never read: it may hold a password, and only a
-- superuser could.
SELECT s.subname AS name,
       s.oid, --@ >=140000
       s.subpublications AS publications,
       s.subbinary AS binary, --@ >=140000
       CASE s.substream::pg_catalog.text WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on' WHEN 'true' THEN 'on' ELSE 'off' --@ >=140000
       END AS streaming, --@ >=140000
       s.subtwophasestate <> 'd' AS two_phase, --@ >=150000
       s.subdisableonerr AS disable_on_error, --@ >=150000
       s.subpasswordrequired AS password_required, --@ >=160000
       s.subrunasowner AS run_as_owner, --@ >=160000
       s.suborigin AS origin, --@ >=160000
       s.subfailover AS failover, --@ >=170000
       s.subsynccommit AS synchronous_commit, --@ >=140000
       s.subenabled AS enabled,
       s.subslotname AS slot,
       pg_catalog.pg_get_userbyid(s.subowner) AS owner
  FROM pg_catalog.pg_subscription s
 WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND $1::pg_catalog.oid[] IS NOT NULL
