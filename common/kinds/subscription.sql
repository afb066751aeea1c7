-- Subscriptions of this database.  How they connect (subconninfo) is never read: it may hold a password, and only a
-- superuser could.  13 lets others read neither the OID nor synchronous_commit; the OID of one that this database has a
-- comment on is in a view.
SELECT s.subname AS name,
       s.oid, --@ >=140000
       v.oid, --@ <140000
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
  LEFT JOIN (SELECT w.subname, w.subid AS oid --@ <140000
               FROM pg_catalog.pg_stat_subscription w --@ <140000
               JOIN pg_catalog.pg_description d ON d.objoid = w.subid --@ <140000
                                               AND d.classoid = 'pg_catalog.pg_subscription'::pg_catalog.regclass --@ <140000
              GROUP BY w.subname, w.subid) v ON v.subname = s.subname --@ <140000
 WHERE s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND $1::pg_catalog.oid[] IS NOT NULL
