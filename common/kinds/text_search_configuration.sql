-- Text search configurations.  mappings: token type and its dictionaries (ready quoted), in turn.
WITH configuration AS MATERIALIZED (
    SELECT c.*
      FROM pg_catalog.pg_ts_config c
     WHERE c.cfgnamespace = ANY ($1)
), token AS (
    SELECT p.cfgparser, t.tokid, t.alias
      FROM (SELECT DISTINCT c.cfgparser FROM configuration c) p
     CROSS JOIN LATERAL pg_catalog.ts_token_type(p.cfgparser) t
), mapping AS (
    SELECT m.mapcfg, t.alias,
           pg_catalog.string_agg(pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(d.dictname), ', '
                                 ORDER BY m.mapseqno) AS dictionaries
      FROM configuration c
      JOIN pg_catalog.pg_ts_config_map m ON m.mapcfg = c.oid
      JOIN token t ON t.cfgparser = c.cfgparser AND t.tokid = m.maptokentype
      JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict
      JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
     GROUP BY m.mapcfg, t.alias
)
SELECT c.oid,
       n.nspname AS schema,
       c.cfgname AS name,
       pg_catalog.quote_ident(s.nspname) || '.' || pg_catalog.quote_ident(p.prsname) AS parser,
       g.mappings,
       pg_catalog.pg_get_userbyid(c.cfgowner) AS owner
  FROM configuration c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
  JOIN pg_catalog.pg_namespace s ON s.oid = p.prsnamespace
  LEFT JOIN (SELECT m.mapcfg,
                    pg_catalog.string_to_array(
                      pg_catalog.string_agg(m.alias || E'\x01' || m.dictionaries, E'\x01'
                                            ORDER BY m.alias COLLATE pg_catalog."C"), E'\x01') AS mappings
               FROM mapping m
              GROUP BY m.mapcfg) g ON g.mapcfg = c.oid
