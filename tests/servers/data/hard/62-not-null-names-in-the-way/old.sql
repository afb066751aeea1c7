-- A renamed column's NOT NULL is called as before; production keeps the column, and with it the name.
CREATE TABLE renamed (id integer, scope_id text NOT NULL);
INSERT INTO renamed VALUES (1, 'a');

-- Names that people gave: on a column that stays, on one that loses its NOT NULL, and exchanged.
CREATE TABLE named (id integer, mine integer CONSTRAINT mine_given NOT NULL, free integer CONSTRAINT given NOT NULL,
    target integer, a integer CONSTRAINT one NOT NULL, b integer CONSTRAINT two NOT NULL);
COMMENT ON CONSTRAINT mine_given ON named IS 'why';
INSERT INTO named VALUES (1, 2, 3, 4, 5, 6);
