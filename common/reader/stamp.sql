-- Equal before and after: no DDL was committed in between.  Every catalog row carries the
-- transaction that wrote it; vacuum and analyze write their numbers in place and leave it alone.
-- Temporary tables of other sessions come and go all the time and do not count.  What not everybody may read (user
-- mappings, subscriptions) has no part in it.
WITH temporary_namespace AS MATERIALIZED (
    SELECT n.oid
      FROM pg_catalog.pg_namespace n
     WHERE n.nspname ~ '^pg_(toast_)?temp_'
), temporary_relation AS MATERIALIZED (
    SELECT c.oid
      FROM pg_catalog.pg_class c
     WHERE c.relpersistence = 't'
)
SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', s.name, s.rows, s.written), ':') AS stamp
  FROM (
        SELECT 'pg_class' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_class x
         WHERE x.relnamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_attribute' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_attribute x
         WHERE x.attrelid >= 16384 AND NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.attrelid)
        UNION ALL
        SELECT 'pg_attrdef' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_attrdef x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.adrelid)
        UNION ALL
        SELECT 'pg_constraint' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_constraint x
         WHERE x.connamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_index' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_index x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.indrelid)
        UNION ALL
        SELECT 'pg_inherits' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_inherits x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.inhrelid)
        UNION ALL
        SELECT 'pg_trigger' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_trigger x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.tgrelid)
        UNION ALL
        SELECT 'pg_rewrite' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_rewrite x
         WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.ev_class)
        UNION ALL
        SELECT 'pg_sequence' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_sequence x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.seqrelid)
        UNION ALL
        SELECT 'pg_type' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_type x
         WHERE x.oid >= 16384 AND x.typnamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_proc' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_proc x
         WHERE x.oid >= 16384 AND x.pronamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_namespace' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_namespace x
         WHERE x.oid NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_policy' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_policy x
        UNION ALL
        SELECT 'pg_enum' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_enum x
        UNION ALL
        SELECT 'pg_extension' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_extension x
        UNION ALL
        SELECT 'pg_description' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_description x
         WHERE x.objoid >= 16384
        UNION ALL
        SELECT 'pg_aggregate' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_aggregate x
         WHERE x.aggfnoid::pg_catalog.oid >= 16384
        UNION ALL
        SELECT 'pg_operator' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_operator x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_opclass' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_opclass x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_opfamily' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_opfamily x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_amop' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_amop x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_amproc' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_amproc x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_cast' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_cast x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_collation' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_collation x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_conversion' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_conversion x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_language' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_language x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_transform' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_transform x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_am' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_am x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_range' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_range x
         WHERE x.rngtypid >= 16384
        UNION ALL
        SELECT 'pg_ts_parser' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_ts_parser x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_ts_template' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_ts_template x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_ts_dict' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_ts_dict x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_ts_config' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_ts_config x
         WHERE x.oid >= 16384
        UNION ALL
        SELECT 'pg_ts_config_map' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_ts_config_map x
         WHERE x.mapcfg >= 16384
        UNION ALL
        SELECT 'pg_foreign_data_wrapper' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_foreign_data_wrapper x
        UNION ALL
        SELECT 'pg_foreign_server' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_foreign_server x
        UNION ALL
        SELECT 'pg_foreign_table' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_foreign_table x
        UNION ALL
        SELECT 'pg_statistic_ext' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_statistic_ext x
        UNION ALL
        SELECT 'pg_publication' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_publication x
        UNION ALL
        SELECT 'pg_publication_rel' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_publication_rel x
        UNION ALL --@ >=150000
        SELECT 'pg_publication_namespace' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written --@ >=150000
          FROM pg_catalog.pg_publication_namespace x --@ >=150000
        UNION ALL
        SELECT 'pg_event_trigger' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_event_trigger x
        UNION ALL
        SELECT 'pg_default_acl' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_default_acl x
        UNION ALL
        SELECT 'pg_seclabel' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_seclabel x
        UNION ALL
        SELECT 'pg_depend' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_depend x
         WHERE x.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        UNION ALL
        SELECT 'pg_db_role_setting' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_db_role_setting x
         WHERE x.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
       ) s
