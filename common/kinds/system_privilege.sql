-- Privileges on objects of the server or of an extension, where they are other than initdb or CREATE EXTENSION made them
-- (pg_init_privs).  name: the object as GRANT takes it; initial: what it had, in the form of facet.h.
-- These rows have no OID: the reader would leave out what belongs to an extension.
WITH member AS MATERIALIZED (
	SELECT d.classid, d.objid, x.extname
	  FROM pg_catalog.pg_depend d
	  JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
	 WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
	   AND d.deptype = 'e'
), relation AS MATERIALIZED (
	SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, n.nspname,
	       n.nspname <> 'pg_catalog' AS standard -- of information_schema, made later
	  FROM pg_catalog.pg_class c
	  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
	 WHERE c.oid < 16384
	    OR c.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
), granted AS (
	SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS class, r.oid, 0 AS sub,
	       CASE r.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS sort,
	       pg_catalog.quote_ident(r.nspname) || '.' || pg_catalog.quote_ident(r.relname) AS name,
	       NULL::pg_catalog.text AS "column", r.relowner AS owner, r.relacl AS acl,
	       pg_catalog.acldefault(CASE r.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, r.relowner) AS usual,
	       r.standard
	  FROM relation r
	 WHERE r.relacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, a.attnum, 'COLUMN',
	       pg_catalog.quote_ident(r.nspname) || '.' || pg_catalog.quote_ident(r.relname), a.attname::pg_catalog.text,
	       r.relowner, a.attacl, '{}'::pg_catalog.aclitem[], r.standard
	  FROM relation r
	 CROSS JOIN LATERAL (SELECT c.attnum, c.attname, COALESCE(c.attacl, '{}') AS attacl
	                       FROM pg_catalog.pg_attribute c
	                      WHERE c.attrelid = r.oid
	                        AND (c.attacl <> '{}'
	                             -- all of it may have been revoked
	                             OR (c.attrelid, c.attnum::pg_catalog.int4) IN
	                                (SELECT i.objoid, i.objsubid
	                                   FROM pg_catalog.pg_init_privs i
	                                  WHERE i.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
	                                    AND i.objsubid <> 0))
	                     OFFSET 0) a -- of these few alone
	UNION ALL
	SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0, 'ROUTINE',
	       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.proname)
	       || '(' || pg_catalog.oidvectortypes(f.proargtypes) || ')',
	       NULL, f.proowner, f.proacl, pg_catalog.acldefault('f', f.proowner), false
	  FROM pg_catalog.pg_proc f
	  JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
	 WHERE f.proacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, 'TYPE',
	       pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname),
	       NULL, t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner), false
	  FROM pg_catalog.pg_type t
	  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
	 WHERE t.typacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, 'LANGUAGE', pg_catalog.quote_ident(l.lanname),
	       NULL, l.lanowner, l.lanacl, pg_catalog.acldefault('l', l.lanowner), false
	  FROM pg_catalog.pg_language l
	 WHERE l.lanacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, 'SCHEMA', pg_catalog.quote_ident(n.nspname),
	       NULL, n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner), n.nspname <> 'pg_catalog'
	  FROM pg_catalog.pg_namespace n
	 WHERE n.nspacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, 'FOREIGN DATA WRAPPER',
	       pg_catalog.quote_ident(w.fdwname), NULL, w.fdwowner, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner), false
	  FROM pg_catalog.pg_foreign_data_wrapper w
	 WHERE w.fdwacl IS NOT NULL
	UNION ALL
	SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, 0, 'FOREIGN SERVER',
	       pg_catalog.quote_ident(s.srvname), NULL, s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner), false
	  FROM pg_catalog.pg_foreign_server s
	 WHERE s.srvacl IS NOT NULL
)
SELECT p.sort,
       p.name || COALESCE('.' || pg_catalog.quote_ident(p."column"), '') AS name,
       p.name AS target,
       p."column",
       x.extname AS extension,
       ARRAY(SELECT CASE e.grantee WHEN 0 THEN 'p:' WHEN p.owner THEN 'o:'
                    ELSE 'r:' || pg_catalog.pg_get_userbyid(e.grantee) END || '='
                    || pg_catalog.string_agg(
                         CASE e.privilege_type
                              WHEN 'INSERT' THEN 'a' WHEN 'SELECT' THEN 'r' WHEN 'UPDATE' THEN 'w' WHEN 'DELETE' THEN 'd'
                              WHEN 'TRUNCATE' THEN 'D' WHEN 'REFERENCES' THEN 'x' WHEN 'TRIGGER' THEN 't'
                              WHEN 'EXECUTE' THEN 'X' WHEN 'USAGE' THEN 'U' WHEN 'CREATE' THEN 'C'
                              WHEN 'MAINTAIN' THEN 'm' END
                         || CASE WHEN e.is_grantable AND e.grantee <> p.owner THEN '*' ELSE '' END, ''
                         ORDER BY e.privilege_type COLLATE pg_catalog."C")
               FROM pg_catalog.aclexplode(NULLIF(COALESCE(i.initprivs, p.usual), '{}')) e
              GROUP BY e.grantee
              ORDER BY 1) AS initial,
       pg_catalog.pg_get_userbyid(p.owner) AS owner,
       p.acl
  FROM granted p
  LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = p.class AND i.objoid = p.oid AND i.objsubid = p.sub
  LEFT JOIN member x ON x.classid = p.class AND x.objid = p.oid
 WHERE (p.oid < 16384 AND NOT p.standard OR x.objid IS NOT NULL)
   AND NOT (p.acl @> COALESCE(i.initprivs, p.usual) AND p.acl <@ COALESCE(i.initprivs, p.usual))
   AND $1::pg_catalog.oid[] IS NOT NULL
