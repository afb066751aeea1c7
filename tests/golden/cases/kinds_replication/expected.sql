-- transaction
-- drop, lock SHARE UPDATE EXCLUSIVE, changes_behaviour
ALTER PUBLICATION p DROP TABLE ONLY public.a;
-- drop, lock ACCESS EXCLUSIVE
DROP PUBLICATION gets_some;
-- drop, lock ACCESS EXCLUSIVE
DROP PUBLICATION becomes_all;
-- create, lock none, changes_behaviour, rebuilds
CREATE PUBLICATION becomes_all FOR ALL TABLES WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = false);
-- alter, lock none
ALTER PUBLICATION becomes_all OWNER TO postgres;
-- create, lock none, changes_behaviour, rebuilds
CREATE PUBLICATION gets_some WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = false);
-- alter, lock none
ALTER PUBLICATION gets_some OWNER TO postgres;
-- alter, lock none, changes_behaviour
ALTER PUBLICATION p SET (publish = 'insert', publish_via_partition_root = false);
-- create, lock none, changes_behaviour
CREATE PUBLICATION q WITH (publish = 'insert, update, delete, truncate', publish_via_partition_root = false);
-- create, lock SHARE UPDATE EXCLUSIVE, changes_behaviour
ALTER PUBLICATION gets_some ADD TABLE ONLY public.c;
-- create, lock SHARE UPDATE EXCLUSIVE, changes_behaviour, rebuilds
ALTER PUBLICATION p ADD TABLE ONLY public.a (id) WHERE ((id > 1));
-- create, lock none, changes_behaviour
ALTER PUBLICATION q ADD TABLES IN SCHEMA public;
