CREATE FUNCTION label(integer) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''narrow''';
CREATE TABLE item (id int PRIMARY KEY, amount int DEFAULT 1, CONSTRAINT labelled CHECK (label(amount) <> ''));
ALTER TABLE item ALTER amount SET DEFAULT length(label(4));
CREATE VIEW labels AS SELECT label(id) AS label FROM item;
CREATE POLICY p ON item USING (label(id) <> '');
