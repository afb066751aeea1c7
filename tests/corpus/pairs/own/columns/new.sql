CREATE TABLE t (id integer PRIMARY KEY, a varchar(50) DEFAULT 'x', b bigint NOT NULL, c numeric(10,2), d text, narrow varchar(20), added timestamptz NOT NULL DEFAULT now());
COMMENT ON TABLE t IS 'commented';
ALTER TABLE t ADD CONSTRAINT b_positive CHECK (b > 0);
CREATE INDEX t_added ON t (added);
