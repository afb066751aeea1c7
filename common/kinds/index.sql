-- Indexes of tables and materialized views, less those that a constraint owns.  $1: schemas (oid[]).
-- The keys of a plain index (columns, operator class and collation at their default) are put together from the
-- raw columns; only the others ask pg_get_indexdef, key by key.
WITH class AS MATERIALIZED (
	-- the operator class that PostgreSQL takes for a column of the type where none is named
	-- (indexcmds.c GetDefaultOpClass), for the types where that is sure
	SELECT t.oid AS type, o.oid AS class
	FROM pg_catalog.pg_opclass AS o
	JOIN pg_catalog.pg_type AS t ON t.oid = o.opcintype
	WHERE o.opcdefault
	UNION ALL
	SELECT t.oid, o.oid
	FROM pg_catalog.pg_type AS t
	JOIN pg_catalog.pg_opclass AS o
	  ON o.opcdefault
	 AND o.opcintype = CASE
		WHEN t.oid = 'pg_catalog.varchar'::pg_catalog.regtype THEN 'pg_catalog.text'::pg_catalog.regtype
		WHEN t.typtype = 'e' THEN 'pg_catalog.anyenum'::pg_catalog.regtype
		WHEN t.typcategory = 'A' AND t.oid < 16384 THEN 'pg_catalog.anyarray'::pg_catalog.regtype
		WHEN t.typtype = 'r' THEN 'pg_catalog.anyrange'::pg_catalog.regtype END
	WHERE (t.oid = 'pg_catalog.varchar'::pg_catalog.regtype OR t.typtype IN ('e', 'r')
	       OR t.typcategory = 'A' AND t.oid < 16384)
	  AND NOT EXISTS (
		SELECT FROM pg_catalog.pg_opclass AS own
		WHERE own.opcdefault AND own.opcmethod = o.opcmethod AND own.opcintype = t.oid)
)
SELECT
	i.indexrelid AS oid,
	n.nspname AS schema,
	i.table_name AS "table",
	i.index_name AS name,
	m.amname AS method,
	CASE WHEN i.plain THEN
		CASE i.indnkeyatts
			WHEN 1 THEN i.key1
			WHEN 2 THEN i.key1 || ', ' || i.key2
			WHEN 3 THEN i.key1 || ', ' || i.key2 || ', ' || i.key3
			ELSE i.key1 || ', ' || i.key2 || ', ' || i.key3 || ', ' || i.key4
		END
	ELSE
		-- written as ruleutils.c pg_get_indexdef_worker does
		(SELECT pg_catalog.string_agg(
			pg_catalog.pg_get_indexdef(i.indexrelid, e.attnum::pg_catalog.int4, false)
			|| CASE WHEN i.indcollation[e.attnum - 1] <> 0 AND (
					t.attcollation <> i.indcollation[e.attnum - 1]
					OR t.attcollation IS NULL AND (i.indcollation[e.attnum - 1] <> 100
						OR pg_catalog.strpos(pg_catalog.pg_get_indexdef(i.indexrelid), ' COLLATE "default"') > 0)) THEN
				(SELECT ' COLLATE ' || pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname)
				 FROM pg_catalog.pg_collation AS l
				 JOIN pg_catalog.pg_namespace AS ln ON ln.oid = l.collnamespace
				 WHERE l.oid = i.indcollation[e.attnum - 1])
			   ELSE '' END
			|| CASE WHEN NOT o.opcdefault OR e.attoptions IS NOT NULL
				-- the type has one of its own and this is not it
				OR o.opcintype <> COALESCE(t.atttypid, e.atttypid) AND (o.opckeytype = 0 OR t.atttypid IS NOT NULL)
				   AND (o.opcmethod, COALESCE(t.atttypid, e.atttypid)) IN (
					SELECT own.opcmethod, own.opcintype FROM pg_catalog.pg_opclass AS own WHERE own.opcdefault) THEN
				(SELECT ' ' || CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(cn.nspname) || '.' END
				        || pg_catalog.quote_ident(o.opcname)
				 FROM pg_catalog.pg_namespace AS cn
				 WHERE cn.oid = o.opcnamespace)
			   ELSE '' END
			|| CASE WHEN e.attoptions IS NOT NULL THEN
				(SELECT ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(p.option_name) || '='
				        || pg_catalog.quote_literal(p.option_value), ', ') || ')'
				 FROM pg_catalog.pg_options_to_table(e.attoptions) AS p)
			   ELSE '' END
			|| CASE i.indoption[e.attnum - 1] & 3
				WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' ELSE '' END,
			', ' ORDER BY e.attnum)
		 FROM pg_catalog.pg_attribute AS e
		 -- OFFSET: by its key, not by a hash of all that is made anew for each index
		 CROSS JOIN LATERAL (SELECT * FROM pg_catalog.pg_opclass AS c WHERE c.oid = i.indclass[e.attnum - 1] OFFSET 0) AS o
		 LEFT JOIN pg_catalog.pg_attribute AS t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[e.attnum - 1]
		 WHERE e.attrelid = i.indexrelid AND e.attnum <= i.indnkeyatts)
	END AS keys,
	CASE WHEN i.indnatts > i.indnkeyatts THEN
		(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(t.attname), ', ' ORDER BY u.place)
		 FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS u (attnum, place)
		 JOIN pg_catalog.pg_attribute AS t ON t.attrelid = i.indrelid AND t.attnum = u.attnum
		 WHERE u.place > i.indnkeyatts)
	END AS include,
	i.indisunique AS "unique",
	i.indnullsnotdistinct AS nulls_not_distinct, --@ >=150000
	CASE WHEN i.indpred IS NOT NULL THEN pg_catalog.pg_get_expr(i.indpred, i.indrelid) END AS predicate,
	CASE WHEN i.reloptions IS NOT NULL THEN
		ARRAY(SELECT o.option FROM pg_catalog.unnest(i.reloptions) AS o (option) ORDER BY option COLLATE pg_catalog."C")
	END AS options,
	CASE WHEN i.indexprs IS NOT NULL THEN
		(SELECT pg_catalog.array_agg(e.attnum || '=' || e.attstattarget ORDER BY e.attnum)
		 FROM pg_catalog.pg_attribute AS e
		 WHERE e.attrelid = i.indexrelid AND e.attstattarget >= 0 AND i.indkey[e.attnum - 1] = 0)
	END AS statistics,
	i.indisvalid OR i.relkind = 'I' AS valid,
	i.indisclustered AS clustered,
	i.indisreplident AS replica_identity,
	s.spcname AS tablespace
FROM (
	SELECT
		i.*, x.relname AS index_name, x.relam, x.relkind, x.reloptions, x.reltablespace,
		c.relname AS table_name, c.relnamespace,
		i.indexprs IS NULL AND i.indnkeyatts <= 4
		AND x.relam IN (403, 405, 783, 2742, 4000, 3580)
		AND i.indcollation[0] IN (0, a1.attcollation) AND (a1.atttypid, i.indclass[0]) IN (SELECT type, class FROM class)
		AND (i.indnkeyatts < 2 OR i.indcollation[1] IN (0, a2.attcollation)
		                      AND (a2.atttypid, i.indclass[1]) IN (SELECT type, class FROM class))
		AND (i.indnkeyatts < 3 OR i.indcollation[2] IN (0, a3.attcollation)
		                      AND (a3.atttypid, i.indclass[2]) IN (SELECT type, class FROM class))
		AND (i.indnkeyatts < 4 OR i.indcollation[3] IN (0, a4.attcollation)
		                      AND (a4.atttypid, i.indclass[3]) IN (SELECT type, class FROM class))
		AND NOT EXISTS (
			SELECT FROM pg_catalog.pg_attribute AS e
			WHERE x.relam <> 403 AND e.attrelid = i.indexrelid AND e.attoptions IS NOT NULL) AS plain,
		pg_catalog.quote_ident(a1.attname) || CASE i.indoption[0] & 3
			WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' ELSE '' END AS key1,
		pg_catalog.quote_ident(a2.attname) || CASE i.indoption[1] & 3
			WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' ELSE '' END AS key2,
		pg_catalog.quote_ident(a3.attname) || CASE i.indoption[2] & 3
			WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' ELSE '' END AS key3,
		pg_catalog.quote_ident(a4.attname) || CASE i.indoption[3] & 3
			WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' WHEN 3 THEN ' DESC' ELSE '' END AS key4
	FROM pg_catalog.pg_class AS c
	JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid
	JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
	LEFT JOIN pg_catalog.pg_attribute AS a1
	  ON a1.attrelid = i.indrelid AND a1.attnum = i.indkey[0]
	LEFT JOIN pg_catalog.pg_attribute AS a2
	  ON a2.attrelid = i.indrelid AND a2.attnum = CASE WHEN i.indnkeyatts > 1 THEN i.indkey[1] END
	LEFT JOIN pg_catalog.pg_attribute AS a3
	  ON a3.attrelid = i.indrelid AND a3.attnum = CASE WHEN i.indnkeyatts > 2 THEN i.indkey[2] END
	LEFT JOIN pg_catalog.pg_attribute AS a4
	  ON a4.attrelid = i.indrelid AND a4.attnum = CASE WHEN i.indnkeyatts > 3 THEN i.indkey[3] END
	WHERE c.relnamespace = ANY ($1)
	  AND c.relkind IN ('r', 'p', 'm')
	  AND c.relpersistence <> 't'
	  AND NOT EXISTS (
		SELECT FROM pg_catalog.pg_constraint AS k
		WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
	OFFSET 0) AS i
JOIN pg_catalog.pg_namespace AS n ON n.oid = i.relnamespace
JOIN pg_catalog.pg_am AS m ON m.oid = i.relam
LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = i.reltablespace
