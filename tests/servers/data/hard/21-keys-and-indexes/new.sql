CREATE TABLE t (id int PRIMARY KEY, code text, span int4range, note text, CONSTRAINT no_overlap EXCLUDE USING gist (span WITH &&), CONSTRAINT noted UNIQUE NULLS NOT DISTINCT (id, note) INCLUDE (code));
CREATE INDEX code_key ON t (code);
CREATE TABLE u (a int CONSTRAINT same CHECK (a > 0), b int REFERENCES t, CONSTRAINT u_code UNIQUE (a));
CREATE INDEX same ON u (b);
CREATE TABLE w (a int REFERENCES u (a) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE named (id int, region text, CONSTRAINT named_pkey PRIMARY KEY (id, region));
CREATE TABLE names (id int, region text, FOREIGN KEY (id, region) REFERENCES named);
