-- CREATE TABLE ... INHERITS, one row per parent; partitions are not among them.  $1: schemas (oid[]).
SELECT
	c.oid,
	n.nspname AS schema,
	c.relname AS "table",
	CASE WHEN pg_catalog.strpos(pn.nspname || p.relname, '.') = 0 THEN pn.nspname || '.' || p.relname
	     ELSE pg_catalog.quote_ident(pn.nspname) || '.' || pg_catalog.quote_ident(p.relname) END AS name, -- names may hold dots
	pn.nspname AS parent_schema,
	p.relname AS parent,
	i.inhseqno AS position
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid
JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
WHERE c.relnamespace = ANY ($1)
  AND c.relkind IN ('r', 'f')
  AND NOT c.relispartition
  AND c.relpersistence <> 't'
