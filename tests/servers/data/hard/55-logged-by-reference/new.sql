CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer PRIMARY KEY REFERENCES parent, above integer REFERENCES child);
CREATE TABLE baby (id integer REFERENCES child);
