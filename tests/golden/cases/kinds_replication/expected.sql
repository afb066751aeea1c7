-- transaction
-- drop, lock SHARE UPDATE EXCLUSIVE, changes_behaviour
ALTER PUBLICATION p DROP TABLE ONLY public.a;
-- alter, lock none, changes_behaviour
ALTER PUBLICATION p SET (publish = 'insert', publish_via_partition_root = false);
-- create, lock none, changes_behaviour
CREATE PUBLICATION q WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = false);
-- create, lock SHARE UPDATE EXCLUSIVE, changes_behaviour, rebuilds
ALTER PUBLICATION p ADD TABLE ONLY public.a (id) WHERE ((id > 1));
-- create, lock none, changes_behaviour
ALTER PUBLICATION q ADD TABLES IN SCHEMA public;
-- withheld: publication becomes_all: a publication of all tables and one of some can only be dropped and made again
-- withheld: publication gets_some: a publication of all tables and one of some can only be dropped and made again
-- withheld: publication table gets_some."public.c": production's publication is of all tables
-- kept: publication table becomes_all."public.c"
