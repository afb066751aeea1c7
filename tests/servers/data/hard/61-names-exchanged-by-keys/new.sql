CREATE TABLE one (id integer CONSTRAINT b PRIMARY KEY);
CREATE TABLE two (id integer CONSTRAINT a PRIMARY KEY);

CREATE TABLE stays (id integer NOT NULL, other integer CONSTRAINT stays_other PRIMARY KEY);
CREATE TABLE stays_key (id integer);
