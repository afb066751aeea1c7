-- Privileges on columns that are no objects themselves: a table's system columns and what can be selected from a sequence.
-- $1: schemas (oid[]).  Without OIDs: what belongs to a relation that is not read goes for want of a parent.
WITH granted AS MATERIALIZED (
	-- few, and found in one look at the catalog
	SELECT a.attrelid, a.attnum, a.attname, a.attacl
	  FROM pg_catalog.pg_attribute a
	 WHERE a.attacl <> '{}'
)
SELECT n.nspname AS schema,
       c.relname AS relation,
       a.attname AS name,
       a.attacl AS acl
  FROM granted a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE (c.relkind = 'S' OR a.attnum < 0 AND c.relkind IN ('r', 'p', 'm', 'f'))
   AND c.relpersistence <> 't'
   AND c.relnamespace = ANY ($1)
