CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE shrunk AS ENUM ('a', 'b');
CREATE TABLE t (id integer, m mood, s shrunk);
