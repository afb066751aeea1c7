CREATE SCHEMA profiles;
CREATE SCHEMA other;
CREATE TABLE profiles.profiles (id int PRIMARY KEY, profiles text);
INSERT INTO profiles.profiles VALUES (1, 'profiles.id');
CREATE TYPE other.int4 AS ENUM ('x');
