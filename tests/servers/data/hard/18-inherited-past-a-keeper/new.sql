CREATE TABLE base (id bigint, note text);
CREATE TABLE heir (id bigint, note text);
CREATE TABLE alone (id integer, k integer);
CREATE TABLE of_alone (id bigint, k integer);
