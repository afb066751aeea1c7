-- Primary keys, unique, check, exclusion constraints and foreign keys of tables, and NOT NULL where it is NOT VALID (the
-- others are their columns').  $1: schemas (oid[]).
-- Keys of one column, nearly all of them, take its name from a join; longer ones look theirs up.
SELECT
	k.oid,
	n.nspname AS schema,
	r.relname AS "table",
	k.conname AS name,
	k.contype AS type,
	k.conislocal AS local,
	CASE WHEN k.contype IN ('p', 'u', 'f', 'n') THEN
		CASE pg_catalog.cardinality(k.conkey)
			WHEN 1 THEN ARRAY[a.attname::pg_catalog.text]
			WHEN 2 THEN ARRAY[a.attname::pg_catalog.text,
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.conrelid AND c.attnum = k.conkey[2])]
			WHEN 3 THEN ARRAY[a.attname::pg_catalog.text,
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.conrelid AND c.attnum = k.conkey[2]),
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.conrelid AND c.attnum = k.conkey[3])]
			ELSE ARRAY(SELECT c.attname::pg_catalog.text
			           FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
			           JOIN pg_catalog.pg_attribute AS c ON c.attrelid = k.conrelid AND c.attnum = u.attnum
			           ORDER BY u.place)
		END
	END AS columns,
	CASE WHEN i.indnatts > i.indnkeyatts AND k.contype <> 'x' THEN
		ARRAY(SELECT c.attname::pg_catalog.text
		      FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS u (attnum, place)
		      JOIN pg_catalog.pg_attribute AS c ON c.attrelid = k.conrelid AND c.attnum = u.attnum
		      WHERE u.place > i.indnkeyatts ORDER BY u.place)
	END AS include,
	CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END AS expression,
	fn.nspname AS referenced_schema,
	f.relname AS referenced_table,
	CASE WHEN k.contype = 'f' THEN
		CASE pg_catalog.cardinality(k.confkey)
			WHEN 1 THEN ARRAY[fa.attname::pg_catalog.text]
			WHEN 2 THEN ARRAY[fa.attname::pg_catalog.text,
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.confrelid AND c.attnum = k.confkey[2])]
			WHEN 3 THEN ARRAY[fa.attname::pg_catalog.text,
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.confrelid AND c.attnum = k.confkey[2]),
			              (SELECT c.attname::pg_catalog.text FROM pg_catalog.pg_attribute AS c
			               WHERE c.attrelid = k.confrelid AND c.attnum = k.confkey[3])]
			ELSE ARRAY(SELECT c.attname::pg_catalog.text
			           FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
			           JOIN pg_catalog.pg_attribute AS c ON c.attrelid = k.confrelid AND c.attnum = u.attnum
			           ORDER BY u.place)
		END
	END AS referenced_columns,
	CASE WHEN k.contype = 'f' THEN
		CASE k.confmatchtype WHEN 'f' THEN 'FULL' WHEN 'p' THEN 'PARTIAL' ELSE 'SIMPLE' END END AS match,
	CASE WHEN k.contype = 'f' THEN
		CASE k.confupdtype WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
		                   WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END END AS on_update,
	CASE WHEN k.contype = 'f' THEN
		CASE k.confdeltype WHEN 'r' THEN 'RESTRICT' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
		                   WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END END AS on_delete,
	CASE WHEN k.confdelsetcols IS NOT NULL THEN --@ >=150000
		ARRAY(SELECT c.attname::pg_catalog.text --@ >=150000
		      FROM pg_catalog.unnest(k.confdelsetcols) WITH ORDINALITY AS u (attnum, place) --@ >=150000
		      JOIN pg_catalog.pg_attribute AS c ON c.attrelid = k.conrelid AND c.attnum = u.attnum --@ >=150000
		      ORDER BY u.place) --@ >=150000
	END AS on_delete_columns, --@ >=150000
	k.condeferrable AS deferrable,
	k.condeferred AS deferred,
	k.convalidated AS validated,
	k.conenforced AS enforced, --@ >=180000
	k.conperiod AS period, --@ >=180000
	k.connoinherit AND k.contype IN ('c', 'n') AS no_inherit,
	COALESCE(i.indnullsnotdistinct, false) AS nulls_not_distinct, --@ >=150000
	CASE WHEN k.contype = 'x' THEN pg_catalog.pg_get_constraintdef(k.oid) END AS exclusion,
	CASE WHEN x.reloptions IS NOT NULL AND k.contype <> 'x' THEN
		ARRAY(SELECT o.option FROM pg_catalog.unnest(x.reloptions) AS o (option) ORDER BY option COLLATE pg_catalog."C")
	END AS options,
	COALESCE(i.indisclustered, false) AS clustered,
	COALESCE(i.indisreplident, false) AS replica_identity,
	e.description AS index_comment,
	g.extensions AS index_extensions,
	s.spcname AS tablespace
FROM pg_catalog.pg_class AS r
JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
JOIN pg_catalog.pg_constraint AS k ON k.conrelid = r.oid
LEFT JOIN pg_catalog.pg_attribute AS a
  ON a.attrelid = k.conrelid AND a.attnum = CASE WHEN k.contype IN ('p', 'u', 'f', 'n') THEN k.conkey[1] END
LEFT JOIN pg_catalog.pg_attribute AS fa ON fa.attrelid = k.confrelid AND fa.attnum = k.confkey[1]
LEFT JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid
LEFT JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = CASE WHEN k.contype IN ('p', 'u', 'x') THEN k.conindid END
LEFT JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_description AS e
  ON e.objoid = i.indexrelid AND e.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objsubid = 0
LEFT JOIN pg_catalog.pg_tablespace AS s ON s.oid = x.reltablespace
LEFT JOIN (
	SELECT d.objid,
		pg_catalog.array_agg(o.extname::pg_catalog.text ORDER BY o.extname::pg_catalog.text COLLATE pg_catalog."C")
		AS extensions
	FROM pg_catalog.pg_depend AS d
	JOIN pg_catalog.pg_extension AS o ON o.oid = d.refobjid
	WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
	  AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
	  AND d.deptype = 'x'
	GROUP BY d.objid
) AS g ON g.objid = i.indexrelid
WHERE r.relnamespace = ANY ($1)
  AND r.relkind IN ('r', 'p', 'f')
  AND r.relpersistence <> 't'
  AND (k.contype IN ('p', 'u', 'c', 'f', 'x') OR k.contype = 'n' AND NOT k.convalidated)
  AND NOT (k.contype = 'f' AND k.conparentid <> 0)
  AND NOT (k.contype IN ('c', 'n') AND NOT k.conislocal AND NOT r.relispartition)
