CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'happy', 'elated');
CREATE TYPE shrunk AS ENUM ('a');
CREATE TABLE t (id integer, m mood DEFAULT 'ok', s shrunk, CHECK (m <> 'awful'));
