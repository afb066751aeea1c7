CREATE TABLE t (id int, v int);
INSERT INTO t VALUES (1, 1), (1, 2);
\set ON_ERROR_STOP off
\set VERBOSITY terse
SET client_min_messages = panic;
CREATE UNIQUE INDEX CONCURRENTLY one ON t (id);
\set ON_ERROR_STOP on
UPDATE t SET id = v;
