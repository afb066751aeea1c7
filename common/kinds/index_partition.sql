-- Indexes, those of keys too, that are part of an index of the partitioned table.  $1: schemas (oid[]).
SELECT
	n.nspname AS schema,
	t.relname AS "table",
	x.relname AS index,
	'partition' AS name,
	pn.nspname AS parent_schema,
	pt.relname AS parent_table,
	p.relname AS parent_index
FROM pg_catalog.pg_class AS x
JOIN pg_catalog.pg_index AS i ON i.indexrelid = x.oid
JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
JOIN pg_catalog.pg_inherits AS h ON h.inhrelid = x.oid
JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent
JOIN pg_catalog.pg_index AS pi ON pi.indexrelid = p.oid
JOIN pg_catalog.pg_class AS pt ON pt.oid = pi.indrelid
JOIN pg_catalog.pg_namespace AS pn ON pn.oid = pt.relnamespace
WHERE x.relispartition
  AND x.relkind IN ('i', 'I')
  AND t.relnamespace = ANY ($1)
  AND t.relkind IN ('r', 'p')
  AND t.relpersistence <> 't'
