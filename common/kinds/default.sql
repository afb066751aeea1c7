-- Defaults of columns, those of views too; generated columns are not among them.  $1: schemas (oid[]).
-- A default names no column, so it needs no relation to be deparsed in, which saves the look-ups.
SELECT
	d.oid,
	n.nspname AS schema,
	c.relname AS relation,
	a.attname AS "column",
	'default' AS name,
	pg_catalog.pg_get_expr(d.adbin, 0) AS expression
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = c.oid
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relnamespace = ANY ($1)
  AND c.relkind IN ('r', 'p', 'v', 'f')
  AND c.relpersistence <> 't'
  AND a.attgenerated = ''
