CREATE TABLE base (id integer, note text);
CREATE TABLE made () INHERITS (base);
CREATE TABLE there () INHERITS (base);
CREATE TABLE retyped (id smallint);
CREATE TABLE of_retyped () INHERITS (retyped);
