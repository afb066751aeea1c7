-- an overload that production lacks: asked now, it would take the wider one and call both texts the same
CREATE FUNCTION label(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''wide''';
CREATE TABLE item (id int PRIMARY KEY, amount int DEFAULT 1, CONSTRAINT labelled CHECK (label(amount) <> ''));
INSERT INTO item VALUES (1, 2);
ALTER TABLE item ALTER amount SET DEFAULT length(label(4::int));
CREATE VIEW labels AS SELECT label(id) AS label FROM item;
CREATE POLICY p ON item USING (label(id) <> '');
