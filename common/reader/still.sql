-- Whether nobody was writing when this transaction's snapshot was taken, and nobody has begun to since: then nothing can
-- have been committed.  The first transaction that the snapshot does not see is the next one still; age() counts from that.
SELECT NOT pg_catalog.pg_is_in_recovery()
   AND pg_catalog.pg_snapshot_xmin(s.seen) = pg_catalog.pg_snapshot_xmax(s.seen)
   AND (pg_catalog.pg_snapshot_xmax(s.seen)::pg_catalog.text::pg_catalog.int8 - 3 - pg_catalog.age('3'::pg_catalog.xid))
       % 4294967296 = 0
  FROM (SELECT pg_catalog.pg_current_snapshot() AS seen) s
