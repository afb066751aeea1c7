CREATE TABLE event (id bigint NOT NULL, at date NOT NULL, kind text DEFAULT 'k' NOT NULL, PRIMARY KEY (id, at), UNIQUE (id, at, kind)) PARTITION BY RANGE (at);
CREATE INDEX by_kind ON event (kind);
