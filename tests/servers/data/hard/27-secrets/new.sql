CREATE TABLE t (id int, b int);
CREATE FOREIGN DATA WRAPPER dummy OPTIONS (token 'hunter2fdw');
CREATE SERVER far FOREIGN DATA WRAPPER dummy OPTIONS (host 'h', password 'hunter2server');
CREATE USER MAPPING FOR hard_reader SERVER far OPTIONS (user 'u', password 'hunter2mapping');
CREATE SUBSCRIPTION sub CONNECTION 'host=127.0.0.1 port=1 dbname=x password=hunter2sub' PUBLICATION p WITH (connect = false, slot_name = NONE, enabled = false);
