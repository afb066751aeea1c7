-- Equal before and after: no DDL was committed in between.  Every catalog row carries the transaction that wrote it.
SELECT pg_catalog.concat_ws(
           ':',
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_class x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_attribute x
             WHERE x.attrelid >= 16384),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_attrdef x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_constraint x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_index x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_proc x
             WHERE x.oid >= 16384),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_type x
             WHERE x.oid >= 16384),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_namespace x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_rewrite x
             WHERE x.oid >= 16384),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_trigger x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_policy x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_enum x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_sequence x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_extension x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_inherits x),
           (SELECT pg_catalog.concat_ws(',', pg_catalog.count(*), pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8))
              FROM pg_catalog.pg_description x
             WHERE x.objoid >= 16384)) AS stamp
