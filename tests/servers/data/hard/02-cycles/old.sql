CREATE TABLE hen (id int PRIMARY KEY);
INSERT INTO hen SELECT generate_series(1, 5);
