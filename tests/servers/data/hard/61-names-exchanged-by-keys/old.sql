-- Neither name is free before the other one is.
CREATE TABLE one (id integer CONSTRAINT a PRIMARY KEY);
CREATE TABLE two (id integer CONSTRAINT b PRIMARY KEY);
INSERT INTO one VALUES (1);

-- What would leave a name cannot be made: other has a value twice.
CREATE TABLE stays (id integer CONSTRAINT stays_key PRIMARY KEY, other integer NOT NULL);
INSERT INTO stays VALUES (1, 1), (2, 1);
