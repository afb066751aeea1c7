CREATE TABLE t (id integer PRIMARY KEY, a varchar(10), b integer, c numeric(6,2), d text NOT NULL, gone text, narrow varchar(100));
CREATE TABLE only_here (x integer);
