CREATE TYPE stage AS ENUM ('open', 'closed', 'lost');
CREATE TABLE customer (id serial PRIMARY KEY, name text NOT NULL, mail text UNIQUE, s stage DEFAULT 'closed', since date, CHECK (name <> ''));
CREATE INDEX customer_name_idx ON customer (lower(name));
CREATE TABLE bill (id int PRIMARY KEY, customer_id int REFERENCES customer, total bigint);
CREATE VIEW customers AS SELECT id, name FROM customer;
CREATE FUNCTION told(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
