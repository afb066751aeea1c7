CREATE TABLE changes (id integer CONSTRAINT changes_pkey1 PRIMARY KEY, note text);
CREATE TABLE aside (id integer CONSTRAINT changes_pkey PRIMARY KEY, note text);

CREATE TABLE first (id integer CONSTRAINT last_pkey PRIMARY KEY);
CREATE TABLE last (id integer CONSTRAINT newest_pkey PRIMARY KEY);
CREATE TABLE indexed (id integer);
CREATE INDEX first_pkey ON indexed (id);

CREATE TABLE moved (id integer NOT NULL, other integer CONSTRAINT moved_other PRIMARY KEY);
CREATE TABLE moved_key (id integer);
