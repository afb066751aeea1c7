CREATE TABLE public.a (id integer PRIMARY KEY, b text);
CREATE TABLE public.c (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE public.a (id) WHERE (id > 1) WITH (publish = 'insert');
CREATE PUBLICATION q FOR TABLES IN SCHEMA public;
CREATE PUBLICATION becomes_all FOR ALL TABLES;
CREATE PUBLICATION gets_some FOR TABLE public.c;
