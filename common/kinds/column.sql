-- Columns of tables and composite types; those of views only where they carry a facet, a default or a setting.
-- $1: schemas (oid[]).
-- What few columns have is looked up for those alone, so that the plan is good also where the catalogs were never
-- analyzed.  format_type of every column is cheaper than finding the distinct types and joining them back.
WITH view_column AS MATERIALIZED (
	-- columns of views that say more than their view does
	SELECT c.oid, a.attnum, c.relname, c.relnamespace, a.attname, a.attacl,
		CASE WHEN c.relkind = 'm' AND a.attstorage <> t.typstorage THEN
			CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
		END AS storage,
		CASE WHEN c.relkind = 'm' AND a.attstorage <> t.typstorage THEN
			CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
		END AS own_storage,
		CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression, --@ >=140000
		CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END AS statistics,
		-- less the server's own: see below
		CASE WHEN c.relkind = 'm' THEN
			NULLIF(ARRAY(SELECT o.option FROM pg_catalog.unnest(a.attoptions) AS o (option)
			             WHERE NOT pg_catalog.starts_with(o.option, 'pg_attver=')
			             ORDER BY option COLLATE pg_catalog."C"), '{}')
		END AS options
	FROM pg_catalog.pg_class AS c
	JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
	JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
	LEFT JOIN pg_catalog.pg_description AS e
	  ON e.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objoid = c.oid AND e.objsubid = a.attnum
	WHERE c.relnamespace = ANY ($1)
	  AND c.relkind IN ('v', 'm')
	  AND c.relpersistence <> 't'
	  AND (a.attacl <> '{}' OR a.atthasdef OR e.objoid IS NOT NULL
	       OR EXISTS (SELECT FROM pg_catalog.pg_seclabel AS l
	                  WHERE l.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND l.objoid = c.oid
	                    AND l.objsubid = a.attnum)
	       OR c.relkind = 'm' AND (a.attstorage <> t.typstorage OR a.attstattarget >= 0
	           OR a.attcompression <> '' --@ >=140000
	           OR EXISTS (SELECT FROM pg_catalog.unnest(a.attoptions) AS o (option)
	                      WHERE NOT pg_catalog.starts_with(o.option, 'pg_attver='))))
)
SELECT
	a.attrelid AS oid,
	a.attnum AS subid,
	n.nspname AS schema,
	c.relname AS relation,
	a.attname AS name,
	a.attnum AS position,
	pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
	CASE WHEN a.attcollation <> t.typcollation THEN
		(SELECT pg_catalog.quote_ident(ln.nspname) || '.' || pg_catalog.quote_ident(l.collname)
		 FROM pg_catalog.pg_collation AS l
		 JOIN pg_catalog.pg_namespace AS ln ON ln.oid = l.collnamespace
		 WHERE l.oid = a.attcollation)
	END AS collation,
	a.attnotnull AS not_null,
	-- a name that the server would not have chosen (index.c, ChooseRelationName)
	CASE WHEN nn.conname !~ '_not_null[0-9]*$' THEN nn.conname END AS not_null_name, --@ >=180000
	nn.conname AS not_null_constraint, --@ >=180000
	COALESCE(nn.connoinherit, false) AS not_null_no_inherit, --@ >=180000
	COALESCE(nn.convalidated, true) AS not_null_valid, --@ >=180000
	COALESCE(nn.conislocal, true) AS not_null_local, --@ >=180000
	CASE WHEN nn.convalidated THEN nd.description END AS not_null_comment, --@ >=180000
	-- a partition's identity is its parent's, and goes with it
	CASE WHEN a.attidentity <> ''
	      AND NOT c.relispartition --@ >=170000
	     THEN a.attidentity END AS identity,
	CASE WHEN a.attidentity <> ''
	      AND NOT c.relispartition --@ >=170000
	     THEN
		-- what differs from the defaults of the sequence's type
		(SELECT NULLIF(pg_catalog.concat_ws(' ',
			CASE WHEN q.relname <> c.relname || '_' || a.attname || '_seq' OR q.relnamespace <> c.relnamespace THEN
				'SEQUENCE NAME ' || pg_catalog.quote_ident(qn.nspname) || '.' || pg_catalog.quote_ident(q.relname) END,
			CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END THEN
				'START WITH ' || s.seqstart END,
			CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
			CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1
				WHEN s.seqtypid = 21 THEN -32768 WHEN s.seqtypid = 23 THEN -2147483648
				ELSE -9223372036854775808 END THEN
				'MINVALUE ' || s.seqmin END,
			CASE WHEN s.seqmax <> CASE WHEN s.seqincrement < 0 THEN -1
				WHEN s.seqtypid = 21 THEN 32767 WHEN s.seqtypid = 23 THEN 2147483647
				ELSE 9223372036854775807 END THEN
				'MAXVALUE ' || s.seqmax END,
			CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
			CASE WHEN s.seqcycle THEN 'CYCLE' END), '')
		 FROM pg_catalog.pg_depend AS d
		 JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.objid
		 JOIN pg_catalog.pg_class AS q ON q.oid = d.objid
		 JOIN pg_catalog.pg_namespace AS qn ON qn.oid = q.relnamespace
		 WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
		   AND d.refobjid = a.attrelid
		   AND d.refobjsubid = a.attnum
		   AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
		   AND d.objsubid = 0
		   AND d.deptype = 'i'
		 LIMIT 1)
	END AS identity_options,
	CASE WHEN a.attgenerated <> '' THEN a.attgenerated END AS generated,
	CASE WHEN a.attgenerated <> '' THEN
		(SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)
		 FROM pg_catalog.pg_attrdef AS d
		 WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)
	END AS expression,
	CASE WHEN a.attstorage <> t.typstorage AND c.relkind <> 'c' THEN
		CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
	END AS storage,
	-- what the type itself has, where the column has another
	CASE WHEN a.attstorage <> t.typstorage AND c.relkind <> 'c' THEN
		CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
	END AS own_storage,
	CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression, --@ >=140000
	CASE WHEN a.attstattarget >= 0 AND c.relkind <> 'c' THEN a.attstattarget END AS statistics,
	-- minor versions of 2026 note there by "pg_attver" when a column was made: the server's own business
	CASE WHEN a.attoptions IS NOT NULL
	      AND NOT (pg_catalog.cardinality(a.attoptions) = 1
	               AND pg_catalog.starts_with(a.attoptions[1], 'pg_attver=')) THEN
		ARRAY(SELECT o.option FROM pg_catalog.unnest(a.attoptions) AS o (option)
		      WHERE NOT pg_catalog.starts_with(o.option, 'pg_attver=') ORDER BY option COLLATE pg_catalog."C")
	END AS options,
	NOT a.attislocal AS inherited,
	-- of secrets only the names leave the server
	CASE WHEN a.attfdwoptions IS NOT NULL THEN
		NULLIF(ARRAY(SELECT e.option FROM pg_catalog.unnest(a.attfdwoptions) AS e (option) WHERE NOT
--# include secret.part
		             ORDER BY option COLLATE pg_catalog."C"), '{}')
	END AS foreign_options,
	CASE WHEN a.attfdwoptions IS NOT NULL THEN
		NULLIF(ARRAY(SELECT pg_catalog.split_part(e.option, '=', 1) FROM pg_catalog.unnest(a.attfdwoptions) AS e (option) WHERE
--# include secret.part
		             ORDER BY option COLLATE pg_catalog."C"), '{}')
	END AS secrets,
	CASE WHEN a.attacl <> '{}' THEN a.attacl END AS acl
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_constraint AS nn --@ >=180000
  ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum --@ >=180000
LEFT JOIN pg_catalog.pg_description AS nd --@ >=180000
  ON nd.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND nd.objoid = nn.oid --@ >=180000
WHERE c.relnamespace = ANY ($1)
  AND c.relkind IN ('r', 'p', 'c', 'f')
  AND c.relpersistence <> 't'
  AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT
	v.oid,
	v.attnum,
	n.nspname,
	v.relname,
	v.attname,
	v.attnum,
	NULL, NULL, false,
	NULL, NULL, false, true, true, NULL, --@ >=180000
	NULL, NULL, NULL, NULL,
	v.storage,
	v.own_storage,
	v.compression, --@ >=140000
	v.statistics, v.options, false, NULL, NULL,
	CASE WHEN v.attacl <> '{}' THEN v.attacl END
FROM view_column AS v
JOIN pg_catalog.pg_namespace AS n ON n.oid = v.relnamespace
