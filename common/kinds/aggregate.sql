-- Aggregates.  definition: the parameters of CREATE AGGREGATE, ready quoted.
SELECT p.oid,
       n.nspname AS schema,
       p.proname AS name,
       pg_catalog.oidvectortypes(p.proargtypes) AS arguments,
       COALESCE(NULLIF(pg_catalog.pg_get_function_arguments(p.oid), ''), '*') AS signature,
       pg_catalog.format_type(p.prorettype, NULL) AS result,
       a.aggkind = 'h' AS hypothetical,
       pg_catalog.concat_ws(', ',
         'SFUNC = ' || a.aggtransfn,
         'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
         'SSPACE = ' || NULLIF(a.aggtransspace, 0),
         'FINALFUNC = ' || NULLIF(a.aggfinalfn, 0)::pg_catalog.regproc,
         CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
         CASE WHEN a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r'::"char" ELSE 'w'::"char" END
              THEN 'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE'
                                            ELSE 'READ_WRITE' END
         END,
         'COMBINEFUNC = ' || NULLIF(a.aggcombinefn, 0)::pg_catalog.regproc,
         'SERIALFUNC = ' || NULLIF(a.aggserialfn, 0)::pg_catalog.regproc,
         'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn, 0)::pg_catalog.regproc,
         'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
         'MSFUNC = ' || NULLIF(a.aggmtransfn, 0)::pg_catalog.regproc,
         'MINVFUNC = ' || NULLIF(a.aggminvtransfn, 0)::pg_catalog.regproc,
         CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || pg_catalog.format_type(a.aggmtranstype, NULL) END,
         'MSSPACE = ' || NULLIF(a.aggmtransspace, 0),
         'MFINALFUNC = ' || NULLIF(a.aggmfinalfn, 0)::pg_catalog.regproc,
         CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
         CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> 'r'
              THEN 'MFINALFUNC_MODIFY = ' || CASE a.aggmfinalmodify WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END
         END,
         'MINITCOND = ' || pg_catalog.quote_literal(a.aggminitval),
         'SORTOP = OPERATOR(' || pg_catalog.quote_ident(s.nspname) || '.' || o.oprname || ')',
         CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END) AS definition,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner,
       CASE WHEN p.proacl IS NOT NULL
             AND NOT (p.proacl @> pg_catalog.acldefault('f', p.proowner)
                      AND p.proacl <@ pg_catalog.acldefault('f', p.proowner))
            THEN p.proacl
       END AS acl
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_operator o ON o.oid = a.aggsortop
  LEFT JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
 WHERE p.prokind = 'a'
   AND p.pronamespace = ANY ($1)
