-- What users made in catalogs that no kind reads: counted and named, so that silence can be trusted.
-- Rows whose `kind` the program has are left out by the reader, so a new kind needs no change here.
-- Objects of extensions do not count.
SELECT 'aggregate' AS kind,
       'aggregates' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.proname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_proc p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
   AND p.prokind = 'a'
UNION ALL
SELECT 'operator' AS kind,
       'operators' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.oprname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_operator p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'operator_class' AS kind,
       'operator classes' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.opcname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_opclass p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'operator_family' AS kind,
       'operator families' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.opfname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_opfamily p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'cast' AS kind,
       'casts' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((pg_catalog.format_type(p.castsource, NULL) || ' as ' || pg_catalog.format_type(p.casttarget, NULL))::pg_catalog.text) AS example
  FROM pg_catalog.pg_cast p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'collation' AS kind,
       'collations' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.collname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_collation p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'conversion' AS kind,
       'conversions' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.conname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_conversion p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'language' AS kind,
       'languages' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.lanname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_language p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_language'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'transform' AS kind,
       'transforms' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((pg_catalog.format_type(p.trftype, NULL))::pg_catalog.text) AS example
  FROM pg_catalog.pg_transform p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_transform'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'access_method' AS kind,
       'access methods' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.amname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_am p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_am'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'text_search_configuration' AS kind,
       'text search configurations' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.cfgname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_ts_config p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'text_search_dictionary' AS kind,
       'text search dictionaries' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.dictname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_ts_dict p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'text_search_parser' AS kind,
       'text search parsers' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.prsname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_ts_parser p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_parser'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'text_search_template' AS kind,
       'text search templates' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.tmplname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_ts_template p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_ts_template'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'foreign_data_wrapper' AS kind,
       'foreign-data wrappers' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.fdwname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_foreign_data_wrapper p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'foreign_server' AS kind,
       'foreign servers' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.srvname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_foreign_server p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'foreign_table' AS kind,
       'foreign tables' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.relname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_class p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
   AND p.relkind = 'f'
UNION ALL
SELECT 'publication' AS kind,
       'publications' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.pubname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_publication p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_publication'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'event_trigger' AS kind,
       'event triggers' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.evtname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_event_trigger p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'rule' AS kind,
       'rewrite rules' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.rulename)::pg_catalog.text) AS example
  FROM pg_catalog.pg_rewrite p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
   AND p.rulename <> '_RETURN'
UNION ALL
SELECT 'statistics' AS kind,
       'extended statistics objects' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.stxname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_statistic_ext p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'base_type' AS kind,
       'base types' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.typname)::pg_catalog.text) AS example
  FROM pg_catalog.pg_type p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
   AND p.typtype = 'b' AND NOT (p.typelem <> 0 AND p.typlen = -1 AND EXISTS (SELECT FROM pg_catalog.pg_type a WHERE a.typarray = p.oid))
UNION ALL
SELECT 'default_privileges' AS kind,
       'default privileges' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.defaclobjtype::pg_catalog.text)::pg_catalog.text) AS example
  FROM pg_catalog.pg_default_acl p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_default_acl'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'large_object' AS kind,
       'large objects (data: kept in backups, not in snapshots)' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min((p.oid::pg_catalog.text)::pg_catalog.text) AS example
  FROM pg_catalog.pg_largeobject_metadata p
 WHERE p.oid >= 16384
   AND NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL
SELECT 'database_setting', 'database settings (ALTER DATABASE SET)', pg_catalog.count(*), pg_catalog.min(p.setconfig[1])
  FROM pg_catalog.pg_db_role_setting p
 WHERE p.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
UNION ALL
-- what initdb and CREATE EXTENSION granted is in pg_init_privs
SELECT 'system_privilege', 'privileges on objects of the server or of an extension', pg_catalog.count(*), pg_catalog.min(p.name)
  FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS class, c.oid, 0 AS sub, c.relname::pg_catalog.text AS name,
               c.relacl AS acl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner) AS usual,
               c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace AS standard -- of information_schema, made later
          FROM pg_catalog.pg_class c
         WHERE c.relacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, a.attnum, c.relname || '.' || a.attname, a.attacl,
               '{}'::pg_catalog.aclitem[], c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace
          FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
         WHERE a.attacl <> '{}'
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0, f.proname::pg_catalog.text, f.proacl,
               pg_catalog.acldefault('f', f.proowner), false
          FROM pg_catalog.pg_proc f
         WHERE f.proacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, t.typname::pg_catalog.text, t.typacl,
               pg_catalog.acldefault('T', t.typowner), false
          FROM pg_catalog.pg_type t
         WHERE t.typacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, l.lanname::pg_catalog.text, l.lanacl,
               pg_catalog.acldefault('l', l.lanowner), false
          FROM pg_catalog.pg_language l
         WHERE l.lanacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, n.nspname::pg_catalog.text, n.nspacl,
               pg_catalog.acldefault('n', n.nspowner), n.nspname <> 'pg_catalog'
          FROM pg_catalog.pg_namespace n
         WHERE n.nspacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, w.fdwname::pg_catalog.text, w.fdwacl,
               pg_catalog.acldefault('F', w.fdwowner), false
          FROM pg_catalog.pg_foreign_data_wrapper w
         WHERE w.fdwacl IS NOT NULL) p
  LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = p.class AND i.objoid = p.oid AND i.objsubid = p.sub
 WHERE (p.oid < 16384 AND NOT p.standard
        OR EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = p.class
                      AND e.objid = p.oid
                      AND e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                      AND e.deptype = 'e'))
   AND NOT (p.acl @> COALESCE(i.initprivs, p.usual) AND p.acl <@ COALESCE(i.initprivs, p.usual))
