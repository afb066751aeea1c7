CREATE TABLE parent (a int NOT NULL, b int GENERATED ALWAYS AS (a * 2) STORED);
-- The column is both the child's own and inherited.
CREATE TABLE child (b int GENERATED ALWAYS AS (a * 2) STORED, a int NOT NULL, c text);
ALTER TABLE child INHERIT parent;
CREATE TABLE grandchild () INHERITS (child);
