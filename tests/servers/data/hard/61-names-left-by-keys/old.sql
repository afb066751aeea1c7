-- A table was put aside and made anew: its key's name goes with the old one, the new one has another.
CREATE TABLE changes (id integer CONSTRAINT changes_pkey PRIMARY KEY, note text);
INSERT INTO changes VALUES (1, 'one'), (2, 'two');

-- Names handed on: last_pkey is free once its holder has another, first_pkey once that has last_pkey; an index takes it.
CREATE TABLE first (id integer CONSTRAINT first_pkey PRIMARY KEY);
CREATE TABLE last (id integer CONSTRAINT last_pkey PRIMARY KEY);
INSERT INTO first VALUES (1);
INSERT INTO last VALUES (1);

-- A key over other columns leaves its name too, to a table.
CREATE TABLE moved (id integer CONSTRAINT moved_key PRIMARY KEY, other integer NOT NULL);
INSERT INTO moved VALUES (1, 10), (2, 20);
