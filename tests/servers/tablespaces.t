#!/usr/bin/env bash
# tablespaces.t - where things lie: what is made anew stays where production had it, what is new goes where the snapshot
# had it, if production has such a place.

. "$(dirname "$0")/lib.sh"

server_start
for tablespace in fast '"slow '\''1"' barred '"only ""dev"""'; do
	psql -X -q -d postgres -c 'SET allow_in_place_tablespaces = on' -c "CREATE TABLESPACE $tablespace LOCATION ''" ||
		bail_out "no tablespace $tablespace"
done
sql postgres 'CREATE ROLE owner LOGIN' 'GRANT CREATE ON TABLESPACE fast, "slow '\''1" TO owner'

# places_of DATABASE [CONDITION]: each relation's tablespace
places_of() {
	sql "$1" "SELECT string_agg(c.relname || '=' || coalesce(s.spcname, '-'), ' ' ORDER BY c.relname COLLATE \"C\")
		FROM pg_class c LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
		WHERE c.relnamespace = 'public'::regnamespace AND ${2:-true}"
}
bring() { # options…
	rm -rf "$WORK/snapshots"
	"$EXPORT" -q -d dev -o "$WORK/snapshots" >/dev/null || bail_out "the export failed"
	run "$IMPORT" apply -d prod "$WORK/snapshots" --backup none --yes "$@"
}
nothing_is_left() {
	run "$IMPORT" plan -d prod "$WORK/snapshots" --exit-code "$@"
	status_is 0 "planned again there is nothing to do"
}

# --- what is made anew ---

same='CREATE TABLE parted (a int, b int, n numeric) PARTITION BY RANGE (a);
CREATE TABLE part1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE t (id int, n numeric, v varchar(5), r int4range);'
database_create dev
database_create prod
sql dev <<<"$same
CREATE INDEX t_index ON t (n DESC);
CREATE UNIQUE INDEX t_unique ON t (n, id) WHERE id > 0;
ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (id, n);
ALTER TABLE t ADD CONSTRAINT t_new_pkey PRIMARY KEY (id, v);
ALTER TABLE t ADD CONSTRAINT t_exclude EXCLUDE USING gist (r WITH &&) WHERE (id > 1) DEFERRABLE;
CREATE MATERIALIZED VIEW m AS SELECT id + 1 AS id FROM t;
CREATE INDEX m_index ON m (id);
CREATE INDEX parted_index ON parted (b DESC);
ALTER TABLE parted ADD CONSTRAINT parted_key UNIQUE (a, n);"
sql prod <<<"$same
CREATE TABLE own PARTITION OF parted FOR VALUES FROM (20) TO (30);
INSERT INTO t SELECT i, i, i, int4range(i, i + 1) FROM generate_series(1, 9) AS i;
CREATE INDEX t_index ON t (n) TABLESPACE fast;
CREATE UNIQUE INDEX t_unique ON t (n, id) WITH (fillfactor = 50) TABLESPACE \"slow '1\" WHERE id > 2;
ALTER TABLE t ADD CONSTRAINT t_key UNIQUE (id) WITH (fillfactor = 50) USING INDEX TABLESPACE \"slow '1\" DEFERRABLE;
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id) USING INDEX TABLESPACE fast;
ALTER TABLE t ADD CONSTRAINT t_exclude EXCLUDE USING gist (r WITH &&) USING INDEX TABLESPACE fast;
CREATE MATERIALIZED VIEW m TABLESPACE \"slow '1\" AS SELECT id FROM t;
CREATE INDEX m_index ON m (id) TABLESPACE fast;
CREATE INDEX parted_index ON parted (b) TABLESPACE fast;
CREATE VIEW only_prod AS SELECT * FROM m;
CREATE INDEX m_only_prod ON m (id) TABLESPACE \"slow '1\";
ALTER INDEX own_b_idx SET TABLESPACE \"slow '1\";
ALTER TABLE parted ADD CONSTRAINT parted_key UNIQUE (a) USING INDEX TABLESPACE fast;"
places=$(places_of prod "c.relkind <> 'v'")
bring
status_is 0 "indexes, keys and a materialized view in tablespaces are made anew"
nothing_is_left
is "$(places_of prod "c.relkind <> 'v'" | sed 's/t_new_pkey/t_pkey/; s/part1_a_n_key/part1_a_key/; s/own_parted_key/own_a_key/' | tr ' ' '\n' | LC_ALL=C sort)" \
	"$(tr ' ' '\n' <<<"$places" | LC_ALL=C sort)" "each lies where it lay" || diag "$(places_of prod)"
like "$(sql prod "SELECT pg_get_indexdef('t_index'::regclass), pg_get_viewdef('m')")" 'n DESC.*id \+ 1' "and is what is wanted"
is "$(sql prod 'SELECT count(*) FROM t')" 9 "the rows are there"
run "$IMPORT" validate -d prod "$WORK/snapshots"
status_is 0 "validate does not mind where they lie"

# Where the database's settings would put what names no tablespace.
sql postgres 'ALTER DATABASE prod SET default_tablespace = fast'
sql prod 'DROP INDEX t_index; SET default_tablespace = $$$$; CREATE INDEX t_index ON t (n)'
bring
status_is 0 "an index of the database's own tablespace is made anew where default_tablespace names another"
is "$(places_of prod "c.relname = 't_index'")" "t_index=-" "and stays there"
sql dev 'CREATE INDEX t_fresh ON t (v)'
bring
is "$(places_of prod "c.relname = 't_fresh'")" "t_fresh=fast" "what is new goes where default_tablespace says"

# --- what is new ---

database_create dev
database_create prod
sql dev <<<"CREATE TABLE parted (a int, b int) PARTITION BY RANGE (a) TABLESPACE fast;
CREATE TABLE part1 PARTITION OF parted FOR VALUES FROM (0) TO (10) TABLESPACE pg_default;
CREATE TABLE part2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
CREATE TABLE t (id int CONSTRAINT t_pkey PRIMARY KEY USING INDEX TABLESPACE \"slow '1\", v text, r int4range,
	CONSTRAINT t_exclude EXCLUDE USING gist (r WITH &&) WITH (fillfactor = 50) USING INDEX TABLESPACE fast WHERE (id > 0))
	WITH (fillfactor = 50) TABLESPACE fast;
CREATE INDEX t_v ON t (v) INCLUDE (id) WITH (fillfactor = 50) TABLESPACE \"slow '1\" WHERE id > 0;
CREATE UNLOGGED TABLE nowhere (id int) TABLESPACE \"only \"\"dev\"\"\";
CREATE INDEX nowhere_index ON nowhere (id) TABLESPACE barred;
CREATE INDEX parted_b ON parted (b) TABLESPACE \"slow '1\";
CREATE MATERIALIZED VIEW m WITH (fillfactor = 50) TABLESPACE fast AS SELECT id FROM t;"
"$EXPORT" -q -d dev -o "$WORK/before" >/dev/null
mkdir "$WORK/before.x" && tar xzf "$WORK/before/latest" -C "$WORK/before.x"
unlike "$(cat "$WORK/before.x/schema.sql")" 'TABLESPACE' "schema.sql can be loaded anywhere: it names no tablespace"
wanted=$(places_of dev)
bring
status_is 0 "applied by a superuser"
nothing_is_left
is "$(places_of prod)" "$wanted" "everything lies as in the snapshot"

database_create prod
sql prod 'ALTER SCHEMA public OWNER TO owner' 'GRANT CREATE ON DATABASE prod TO owner'
export PGUSER=owner
bring
status_is 0 "applied by a role that may use some tablespaces"
like "$ERR" 'tablespace barred' "a tablespace that it may not use is told"
like "$ERR" 'only ""dev""' "so is the other"
unlike "$ERR" 'fast' "those that it may use are not"
nothing_is_left
is "$(places_of prod)" "$(sed 's/\(nowhere[a-z_]*\)=\(barred\|only "dev"\)/\1=-/g' <<<"$wanted")" "what it may not put there lies in the default one"
PGUSER=postgres sql prod 'ALTER INDEX nowhere_index SET TABLESPACE barred'
PGUSER=postgres sql dev 'DROP INDEX nowhere_index; CREATE INDEX nowhere_index ON nowhere (id DESC); CREATE INDEX more ON t (r)'
export PGUSER=postgres
rm -rf "$WORK/snapshots"
"$EXPORT" -q -d dev -o "$WORK/snapshots" >/dev/null
export PGUSER=owner
run "$IMPORT" apply -d prod "$WORK/snapshots" --backup none --yes
status_is 0 "an index in a tablespace that the role may not use would have to be made anew"
like "$OUT" 'nowhere_index: .*tablespace barred' "it is withheld, with the reason"
is "$(places_of prod "c.relname IN ('nowhere_index', 'more')")" "more=- nowhere_index=barred" "it is as it was, and the rest is done"
export PGUSER=postgres

# --- partitions of a development that knows no tablespaces ---

database_create dev
database_create prod
same='CREATE TABLE parted (a int, b int, CONSTRAINT parted_pkey PRIMARY KEY (a, b)) PARTITION BY RANGE (a);
CREATE INDEX parted_b ON parted (b);'
sql dev <<<"$same
CREATE TABLE part1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE part2 PARTITION OF parted FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (b);
CREATE TABLE part21 PARTITION OF part2 FOR VALUES FROM (10) TO (20);"
sql prod <<<"$same
ALTER TABLE parted SET TABLESPACE fast;
ALTER INDEX parted_b SET TABLESPACE \"slow '1\";"
bring
status_is 0 "new partitions"
nothing_is_left
is "$(places_of prod)" "$(tr '\n' ' ' <<<"part1=fast part1_b_idx=slow '1 part1_pkey=- part2=fast part21=fast part21_b_idx=slow '1
part21_pkey=- part2_b_idx=slow '1 part2_pkey=- parted=fast parted_b=slow '1 parted_pkey=-" | sed 's/ $//')" \
	"go where production puts its new partitions"

# --- restore ---

run "$IMPORT" backup -d prod --backup-dir "$WORK/backups"
status_is 0 "a backup"
database_create empty
run "$IMPORT" restore -d empty --yes "$(find "$WORK/backups" -name 'backup_*' | head -n 1)"
status_is 0 "is restored"
is "$(places_of empty "c.relname NOT LIKE 'pgkeel%'")" "$(places_of prod)" "to where everything lay"

done_testing
