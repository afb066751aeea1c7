-- As a dump of the other side leaves it once it is loaded: the casts have gone down to the elements.
CREATE TABLE t (a varchar(10), b varchar,
	CONSTRAINT t_a_check CHECK (((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))),
	CONSTRAINT t_b_check CHECK (((b)::text <> ALL (ARRAY[('p'::character varying)::text, ('q'::character varying)::text]))));
INSERT INTO t VALUES ('x', 'm'), ('y', NULL);
CREATE INDEX i ON t (b) WHERE ((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]));
CREATE VIEW v AS SELECT a FROM t WHERE ((b)::text = ANY (ARRAY[('m'::character varying)::text, ('n'::character varying)::text]));
