-- The attachment of each partition to its parent.  $1: schemas (oid[]).
SELECT
	n.nspname AS schema,
	c.relname AS "table",
	'partition' AS name,
	pn.nspname AS parent_schema,
	p.relname AS parent,
	pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = c.oid
JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
WHERE c.relnamespace = ANY ($1)
  AND c.relispartition
  AND c.relkind IN ('r', 'p', 'f')
  AND c.relpersistence <> 't'
