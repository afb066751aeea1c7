CREATE TYPE size AS ENUM ('s', 'm');
CREATE TYPE turn AS ENUM ('right', 'left');
CREATE TABLE shirt (id int PRIMARY KEY, s size DEFAULT 'm', all_s size[], t turn);
CREATE DOMAIN big AS size CHECK (VALUE > 's');
CREATE INDEX i ON shirt (s);
