-- objects.sql - one line for each row of the catalogs that hold schemas: catalog, oid, xmin, file, who it is, and the names
-- of which a statement must hold one that may change it (its own, its table's, those of the tables that one inherits from).
SET client_min_messages = error;
SET search_path = '';
WITH RECURSIVE above AS (
	SELECT c.oid, c.oid AS other FROM pg_catalog.pg_class c
	UNION
	SELECT a.oid, i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.other
), relation AS (
	SELECT a.oid, pg_catalog.array_agg(DISTINCT c.relname::text) AS names
	FROM above a JOIN pg_catalog.pg_class c ON c.oid = a.other GROUP BY a.oid
), own AS (
	-- Indexes, sequences and toast tables go with the table they belong to.
	SELECT c.oid, r.names || COALESCE(t.names, '{}') || COALESCE(o.names, '{}') AS names
	FROM pg_catalog.pg_class c
	JOIN relation r ON r.oid = c.oid
	LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
	LEFT JOIN relation t ON t.oid = i.indrelid
	LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
		AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S'
	LEFT JOIN relation o ON o.oid = d.refobjid
	WHERE c.relnamespace <> 'pg_toast'::pg_catalog.regnamespace AND c.oid >= 16384
), lines AS (
	SELECT 'relation' AS catalog, c.oid::text AS id, c.xmin::text, CASE WHEN c.relkind IN ('r', 'i') THEN c.relfilenode::text END AS file, c.oid::pg_catalog.regclass::text AS who, o.names
	FROM pg_catalog.pg_class c JOIN own o ON o.oid = c.oid
	UNION ALL
	SELECT 'column', a.attrelid || '.' || a.attnum, a.xmin::text, NULL, a.attrelid::pg_catalog.regclass || '.' || a.attname, o.names
	FROM pg_catalog.pg_attribute a JOIN own o ON o.oid = a.attrelid WHERE a.attnum > 0
	UNION ALL
	SELECT 'default', d.oid::text, d.xmin::text, NULL, d.adrelid::pg_catalog.regclass || '.' || d.adnum, o.names
	FROM pg_catalog.pg_attrdef d JOIN own o ON o.oid = d.adrelid
	UNION ALL
	SELECT 'constraint', k.oid::text, k.xmin::text, NULL, k.conname || ' on ' || k.conrelid::pg_catalog.regclass, o.names || k.conname::text || COALESCE(f.names, '{}')
	FROM pg_catalog.pg_constraint k JOIN own o ON o.oid = k.conrelid LEFT JOIN own f ON f.oid = k.confrelid
	UNION ALL
	SELECT 'trigger', t.oid::text, t.xmin::text, NULL, t.tgname || ' on ' || t.tgrelid::pg_catalog.regclass, o.names || COALESCE(f.names, '{}')
	FROM pg_catalog.pg_trigger t JOIN own o ON o.oid = t.tgrelid LEFT JOIN own f ON f.oid = t.tgconstrrelid
	UNION ALL
	SELECT 'rule', r.oid::text, r.xmin::text, NULL, r.rulename || ' on ' || r.ev_class::pg_catalog.regclass, o.names
	FROM pg_catalog.pg_rewrite r JOIN own o ON o.oid = r.ev_class
	UNION ALL
	SELECT 'policy', p.oid::text, p.xmin::text, NULL, p.polname || ' on ' || p.polrelid::pg_catalog.regclass, o.names
	FROM pg_catalog.pg_policy p JOIN own o ON o.oid = p.polrelid
	UNION ALL
	SELECT 'statistics', s.oid::text, s.xmin::text, NULL, s.stxname::text, ARRAY[s.stxname::text]
	FROM pg_catalog.pg_statistic_ext s
	UNION ALL
	SELECT 'function', p.oid::text, p.xmin::text, NULL, p.oid::pg_catalog.regprocedure::text, ARRAY[p.proname::text]
	FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
		-- Those that a range or multirange is made with go with it.
		AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
			WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'i')
	UNION ALL
	SELECT 'type', t.oid::text, t.xmin::text, NULL, t.oid::pg_catalog.regtype::text,
		ARRAY[t.typname::text, pg_catalog.btrim(t.typname::text, '_')] || COALESCE(o.names, '{}')
	FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
	LEFT JOIN own o ON o.oid IN (t.typrelid, e.typrelid) AND o.oid <> 0
	-- A multirange goes with its range, whose name it does not have; before 14 a toast table has a row type.
	WHERE t.oid >= 16384 AND t.typnamespace <> 'pg_toast'::pg_catalog.regnamespace AND t.typname !~ 'multi'
	  AND (e.oid IS NULL OR e.typname !~ 'multi')
	UNION ALL
	SELECT 'schema', n.oid::text, n.xmin::text, NULL, n.nspname::text, ARRAY[n.nspname::text]
	FROM pg_catalog.pg_namespace n WHERE n.oid >= 16384
)
SELECT DISTINCT pg_catalog.concat_ws(E'\x1f', catalog, id, xmin, COALESCE(file, '-'), who, pg_catalog.array_to_string(names, E'\x1f'))
FROM lines WHERE who !~ '^pgkeel\.' AND NOT names && ARRAY['pgkeel']
ORDER BY 1;
