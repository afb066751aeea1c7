CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (a integer, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 OF pair;
