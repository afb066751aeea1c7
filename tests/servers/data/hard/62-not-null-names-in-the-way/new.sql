CREATE TABLE renamed (id integer, project_id text DEFAULT 'none' CONSTRAINT renamed_scope_id_not_null NOT NULL);

CREATE TABLE named (id integer, other integer DEFAULT 0 CONSTRAINT mine_given NOT NULL, free integer,
    target integer CONSTRAINT given NOT NULL, a integer CONSTRAINT two NOT NULL, b integer CONSTRAINT one NOT NULL);
COMMENT ON CONSTRAINT mine_given ON named IS 'why';
