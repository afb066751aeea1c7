CREATE TABLE t (x integer, id serial);
CREATE TABLE u (id integer NOT NULL);
CREATE SEQUENCE u_counter OWNED BY u.id;
