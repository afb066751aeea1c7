CREATE TABLE t (id integer);
GRANT SELECT ON t TO hard_owner, hard_reader;
GRANT UPDATE (id) ON t TO hard_owner;
