-- Functions, procedures and window functions (aggregates are a kind of their own).
-- arguments: the input types, which is the identity; signature: the whole list as CREATE takes it.
-- The last four columns say whether CREATE OR REPLACE can reach it (pg_proc's own columns, raw).
SELECT p.oid,
       n.nspname AS schema,
       p.proname AS name,
       pg_catalog.oidvectortypes(p.proargtypes) AS arguments,
       CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS routine,
       p.prokind = 'w' AS "window",
       CASE WHEN p.proargnames IS NULL AND p.proargmodes IS NULL AND p.pronargdefaults = 0
            THEN pg_catalog.oidvectortypes(p.proargtypes)
            ELSE pg_catalog.pg_get_function_arguments(p.oid)
       END AS signature,
       pg_catalog.pg_get_function_result(p.oid) AS result,
       l.lanname AS language,
       CASE WHEN p.prosqlbody IS NULL THEN p.prosrc END AS body, --@ >=140000
       p.prosrc AS body, --@ <140000
       pg_catalog.pg_get_function_sqlbody(p.oid) AS sql_body, --@ >=140000
       p.probin AS library,
       CASE p.provolatile WHEN 'i' THEN 'IMMUTABLE' WHEN 's' THEN 'STABLE' ELSE 'VOLATILE' END AS volatility,
       p.proisstrict AS strict,
       p.prosecdef AS security_definer,
       p.proleakproof AS leakproof,
       CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END AS parallel,
       NULLIF(p.procost, CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END) AS cost,
       NULLIF(p.prorows, CASE WHEN p.proretset THEN 1000 ELSE 0 END) AS rows,
       CASE WHEN p.prosupport <> 0 THEN p.prosupport::pg_catalog.regproc::pg_catalog.text END AS support,
       CASE WHEN p.protrftypes IS NOT NULL
            THEN (SELECT pg_catalog.array_agg(pg_catalog.format_type(t.type, NULL) ORDER BY t.place)
                    FROM pg_catalog.unnest(p.protrftypes) WITH ORDINALITY t (type, place))
       END AS transforms,
       p.proconfig AS config,
       CASE WHEN p.proallargtypes IS NOT NULL
            THEN pg_catalog.oidvectortypes(pg_catalog.array_to_string(p.proallargtypes, ' ')::pg_catalog.oidvector)
       END AS all_types,
       pg_catalog.array_to_string(p.proargmodes, '') AS argument_modes,
       p.proargnames AS argument_names,
       p.pronargdefaults AS default_count,
       pg_catalog.pg_get_userbyid(p.proowner) AS owner,
       CASE WHEN p.proacl IS NOT NULL
             AND NOT (p.proacl @> pg_catalog.acldefault('f', p.proowner)
                      AND p.proacl <@ pg_catalog.acldefault('f', p.proowner))
            THEN p.proacl
       END AS acl
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE p.prokind IN ('f', 'p', 'w')
   AND p.pronamespace = ANY ($1)
