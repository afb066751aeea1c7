CREATE TABLE top (id integer NOT NULL, k integer, w bigint) PARTITION BY LIST (id);
CREATE TABLE low (id integer NOT NULL, k integer, w bigint);
CREATE TABLE base (id integer, w bigint);
CREATE TABLE heir (id integer) INHERITS (base);
CREATE TABLE leaver (id integer, w bigint);
