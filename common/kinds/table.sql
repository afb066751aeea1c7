-- Ordinary and partitioned tables.  $1: schemas (oid[]).
SELECT
	c.oid,
	n.nspname AS schema,
	c.relname AS name,
	c.relpersistence AS persistence,
	CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_by,
	CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, -1) END AS of_type,
	CASE WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL THEN
		ARRAY(
			SELECT o.option
			FROM (SELECT option FROM pg_catalog.unnest(c.reloptions) AS a (option)
			      UNION ALL
			      SELECT 'toast.' || option FROM pg_catalog.unnest(t.reloptions) AS b (option)) AS o
			ORDER BY o.option COLLATE pg_catalog."C")
	END AS options,
	c.relrowsecurity AS row_security,
	c.relforcerowsecurity AS force_row_security,
	c.relreplident AS replica_identity,
	CASE WHEN m.amname <> 'heap' THEN m.amname END AS access_method,
	s.spcname AS tablespace,
	pg_catalog.pg_get_userbyid(c.relowner) AS owner,
	CASE WHEN c.relacl IS NOT NULL AND NOT (c.relacl @> pg_catalog.acldefault('r', c.relowner)
	          AND c.relacl <@ pg_catalog.acldefault('r', c.relowner)) THEN c.relacl END AS acl
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = c.reltablespace
WHERE c.relnamespace = ANY ($1)
  AND c.relkind IN ('r', 'p')
  AND c.relpersistence <> 't'
