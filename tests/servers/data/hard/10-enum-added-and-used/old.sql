CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE person (id int PRIMARY KEY, m mood DEFAULT 'sad', ms mood[]);
INSERT INTO person SELECT i, 'happy' FROM generate_series(1, 10) i;
