-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP TEXT SEARCH TEMPLATE public.t;
-- create, lock none
CREATE TEXT SEARCH PARSER public.p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
-- create, lock none, rebuilds
CREATE TEXT SEARCH TEMPLATE public.t (INIT = dsimple_init, LEXIZE = dsimple_lexize);
-- alter, lock none, changes_behaviour
ALTER TEXT SEARCH DICTIONARY public.d (language = 'german', stopwords);
-- create, lock none
CREATE TEXT SEARCH DICTIONARY public."d 2" (TEMPLATE = pg_catalog.simple, accept = 'false');
-- alter, lock none, changes_behaviour
ALTER TEXT SEARCH CONFIGURATION public.c DROP MAPPING FOR word;
-- alter, lock none, changes_behaviour
ALTER TEXT SEARCH CONFIGURATION public.c ALTER MAPPING FOR asciiword WITH public."d 2", public.d;
-- alter, lock none, changes_behaviour
ALTER TEXT SEARCH CONFIGURATION public.c ADD MAPPING FOR "int" WITH pg_catalog.simple;
-- create, lock none
CREATE TEXT SEARCH CONFIGURATION public."new one" (PARSER = public.p);
-- withheld: text search template public.used: it cannot be altered, and text search dictionary public.by_used is built on it
