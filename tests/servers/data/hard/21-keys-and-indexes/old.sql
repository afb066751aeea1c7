CREATE TABLE t (id int NOT NULL, code text, span int4range, note text);
INSERT INTO t SELECT i, 'c' || i, int4range(i, i + 1), 'n' FROM generate_series(1, 25) i;
CREATE INDEX code_key ON t (code);
CREATE UNIQUE INDEX t_pkey ON t (id);
CREATE TABLE u (a int CONSTRAINT same CHECK (a > 0), b int);
CREATE INDEX same ON u (b);
INSERT INTO u VALUES (1, 1);
