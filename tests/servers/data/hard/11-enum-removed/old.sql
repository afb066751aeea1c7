CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TYPE turn AS ENUM ('left', 'right');
CREATE TABLE shirt (id int PRIMARY KEY, s size DEFAULT 'm', all_s size[], t turn);
INSERT INTO shirt VALUES (1, 'l', '{s,l}', 'left');
CREATE DOMAIN big AS size CHECK (VALUE > 's');
CREATE INDEX i ON shirt (s);
