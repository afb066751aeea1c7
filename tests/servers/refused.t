#!/usr/bin/env bash
# refused.t - what production's server refuses when it is done: withheld with its words, and all else is done.

. "$(dirname "$0")/lib.sh"

server_start

# plan and apply of development's schema over production's.
bring() { # options…
	rm -rf "$WORK/snapshots"
	"$EXPORT" -q -d dev -o "$WORK/snapshots" >/dev/null || bail_out "the export failed"
	apply "$@"
}
apply() {
	run "$IMPORT" apply -d prod "$WORK/snapshots" --backup-dir "$WORK/backups" "$@"
}
plan_again() {
	run "$IMPORT" plan -d prod "$WORK/snapshots" --exit-code "$@"
}
fresh() {
	database_create dev
	database_create prod
	rm -rf "$WORK/backups"
}
backups() {
	find "$WORK/backups" -name 'backup_*' 2>/dev/null | wc -l
}
outcomes() { # run
	sql prod "SELECT string_agg(outcome || ' ' || coalesce(object, ''), ', ' ORDER BY seq) FROM pgkeel.step WHERE run = $1 AND outcome <> 'done'"
}

# --- rows that only a new function can judge ---

functions='CREATE FUNCTION even(n int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN n % 2 = 0; END$$;
CREATE FUNCTION root(n int) RETURNS float IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN sqrt(n); END$$;'
fresh
sql prod 'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 2), (2, 3), (3, -4)'
sql dev <<<"$functions CREATE TABLE t (id int PRIMARY KEY, n int, note text, r float GENERATED ALWAYS AS (root(n)) STORED,
	CONSTRAINT n_even CHECK (even(n)));
	CREATE INDEX t_root ON t (root(n)); CREATE UNIQUE INDEX t_even ON t (even(n)); CREATE INDEX t_n ON t (n); COMMENT ON TABLE t IS 'done';"
rows=$(sql prod 'SELECT md5(string_agg(t::text, $$,$$ ORDER BY id)) FROM t')
bring
status_is 0 "rows in the way of a check, a computed column and two indexes over new functions"
like "$OUT" 'n_even.*: production.s server refused it: check constraint "n_even".*violated by some row' "the check is withheld in the server's words"
like "$OUT" 'column public\.t\.r: production.s server refused it: cannot take square root' "so is the column"
like "$OUT" 'index public\.t\.t_root: production.s server refused it' "and the index"
like "$OUT" 'index public\.t\.t_even: production.s server refused it: could not create unique' "and the unique index"
is "$(sql prod "SELECT to_regclass('t_n') IS NOT NULL, obj_description('t'::regclass), count(note) FROM t")" "t|done|0" "what stands beside them is done"
is "$(sql prod 'SELECT md5(string_agg(q::text, $$,$$ ORDER BY id)) FROM (SELECT id, n FROM t) q')" "$rows" "the rows are as before"
like "$ERR" 'refused .*n_even.*, which is withheld' "the log tells it"
is "$(sql prod "SELECT outcome, withheld FROM pgkeel.run")" "done|4" "the history counts it"
is "$(sql prod "SELECT count(*) FROM pgkeel.step WHERE outcome = 'refused' AND error <> ''")" 4 "and keeps what was refused"
run "$IMPORT" show -d prod
like "$OUT" ' refused +.*error: ' "which show tells"
is "$(backups)" 1 "one backup"
plan_again
status_is 0 "the next plan does not promise it again"
like "$OUT" 'refused it in run 1, and apply --retry-refused tries it again: check constraint' "and says why"
run "$IMPORT" validate -d prod "$WORK/snapshots"
status_is 0 "nor does validate miss it"
apply
status_is 0 "the next apply"
like "$OUT" '^Already in.*4 withheld' "costs nothing"
apply --retry-refused
status_is 0 "one that tries again"
like "$OUT" 'already holds.*4 withheld' "is refused the same"
is "$(backups)" 1 "without a backup"
sql prod 'UPDATE t SET n = 6 WHERE n < 0'
apply --retry-refused
status_is 0 "when some rows are mended"
like "$OUT" '; 2 withheld' "more is done"
is "$(sql prod 'SELECT round(max(r)::numeric, 3) FROM t')" 2.449 "the column is there"
is "$(backups)" 2 "after a backup"
plan_again
status_is 0 "and the plan knows what is left"
sql prod 'DELETE FROM t WHERE id > 1'
apply --retry-refused
status_is 0 "when all are"
plan_again --strict
status_is 0 "nothing is withheld"
apply
like "$OUT" '^Already in' "and a start costs nothing again"

# --- what a person has reviewed is done or not done ---

fresh
sql prod 'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 3)'
sql dev <<<"$functions CREATE TABLE t (id int PRIMARY KEY, n int, note text, CONSTRAINT n_even CHECK (even(n)));"
bring --strict
status_is 1 "--strict fails"
like "$ERR" 'statement [0-9]+ of [0-9]+, constraint public\.t\.n_even' "naming the statement"
is "$(sql prod "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0")" 2 "and nothing is changed"
run "$IMPORT" plan -q -d prod "$WORK/snapshots" --output "$WORK/plan.file"
apply --plan "$WORK/plan.file"
status_is 1 "a plan that was reviewed fails"
is "$(sql prod "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0")" 2 "and nothing is changed"
apply
status_is 0 "without it, the rest is done"
run "$IMPORT" plan -q -d prod "$WORK/snapshots" --output "$WORK/plan.file"
apply --plan "$WORK/plan.file"
status_is 0 "a plan that knows of the refusal does not try again"
like "$OUT" 'already holds' "and has nothing to do"

# --- loose objects of the names that an extension brings ---

fresh
sql prod "CREATE TYPE hstore AS (k text, v text)" "CREATE TABLE t (id int PRIMARY KEY, h hstore)" "INSERT INTO t VALUES (1, '(a,b)')"
sql dev "CREATE EXTENSION hstore" "CREATE TABLE t (id int PRIMARY KEY, h hstore)" "CREATE TABLE u (id int, h hstore)" \
	"CREATE TABLE other (id int)" 'CREATE INDEX t_h ON t USING gin (h)'
bring --backup none
status_is 0 "an extension whose names are taken"
like "$OUT" 'extension hstore: production.s server refused it: type "hstore" already exists' "is withheld"
like "$OUT" 'table public\.u: .*it needs extension hstore' "with what needs it"
is "$(sql prod "SELECT to_regclass('other') IS NOT NULL, h FROM t")" "t|(a,b)" "and no more"
plan_again
status_is 0 "the second plan is empty"

# --- names that something else has ---

fresh
sql prod 'CREATE EXTENSION pg_stat_statements' 'CREATE VIEW v_index AS SELECT 1 AS a' 'CREATE SEQUENCE taken_pkey'
sql dev 'CREATE TABLE pg_stat_statements (id int)' 'CREATE TABLE v (id int)' 'CREATE INDEX v_index ON v (id)' \
	'CREATE TABLE taken (id int PRIMARY KEY)' 'CREATE TABLE other (id int)' 'CREATE VIEW over AS SELECT * FROM pg_stat_statements'
bring --backup none
status_is 0 "names that an extension's members, a view and a sequence have"
like "$OUT" 'table public\.pg_stat_statements: .*already exists' "a member's"
like "$OUT" 'index public\.v\.v_index: .*(already exists|of that name)' "a view's"
like "$OUT" 'public\.taken.*: .*(already exists|of that name)' "a sequence's"
like "$OUT" 'view public\.over: it needs .*public\.pg_stat_statements' "what needs one of them waits"
is "$(sql prod "SELECT to_regclass('other') IS NOT NULL, to_regclass('v') IS NOT NULL, to_regclass('over') IS NOT NULL")" "t|t|f" "the rest is done"
plan_again
status_is 0 "the second plan is empty"

# --- a part of something new: the extension's member that it needs is no part of production's ---

fresh
sql prod 'CREATE EXTENSION hstore'
sql dev 'CREATE EXTENSION hstore' "CREATE FUNCTION member(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'" \
	'ALTER EXTENSION hstore ADD FUNCTION member(int)' 'CREATE TABLE other (id int PRIMARY KEY)' \
	'CREATE TABLE t (id int PRIMARY KEY DEFAULT 7, n int NOT NULL DEFAULT member(2), CONSTRAINT needs CHECK (n > member(1)),
	CONSTRAINT positive CHECK (n > 0), CONSTRAINT far FOREIGN KEY (n) REFERENCES other)' "COMMENT ON CONSTRAINT needs ON t IS 'x'" \
	'CREATE TABLE heir (more int CHECK (more > member(1))) INHERITS (t)' \
	'CREATE VIEW over AS SELECT * FROM t' "CREATE DOMAIN d AS int DEFAULT 3 CONSTRAINT d_needs CHECK (VALUE > member(1)) CONSTRAINT d_positive CHECK (VALUE > 0)"
bring --backup none
status_is 0 "parts of a new table and of a new domain that are refused"
like "$ERR" 'refused table public\.t in one piece, and its parts are tried one by one' "are tried by themselves, as is told"
like "$OUT" 'constraint public\.t\.needs: production.s server refused it: function .*member.* does not exist' "the check is withheld"
like "$OUT" 'default public\.t\.n\.[^:]*: production.s server refused it: function .*member.* does not exist' "the default"
like "$OUT" 'domain constraint public\.d\.d_needs: production.s server refused it' "and the domain's"
unlike "$OUT" '(table public\.t|domain public\.d|positive):' "and no more"
is "$(sql prod "SELECT string_agg(conname, ' ' ORDER BY conname) FROM pg_constraint WHERE contype <> 'n' AND connamespace = 'public'::regnamespace")" \
	"d_positive far other_pkey positive positive t_pkey" "the other parts are there"
is "$(sql prod "SELECT string_agg(attname || attislocal, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'heir'::regclass AND attnum > 0")" \
	"idfalse nfalse moretrue" "what is inherited is so"
is "$(sql prod "INSERT INTO other VALUES (1)" "INSERT INTO t (n) VALUES (1) RETURNING id" "SELECT count(*) FROM over")" "7
1" "and what stands on the table"
plan_again
status_is 0 "the second plan is empty"
apply --retry-refused
status_is 0 "one that tries again"
like "$OUT" 'already holds.*5 withheld' "is refused the same"
plan_again
status_is 0 "and plans no more"

# --- names of the keys that the server makes for partitions ---

fresh
partitioned='CREATE TABLE r (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE r1 PARTITION OF r FOR VALUES FROM (0) TO (10);
	CREATE TABLE s (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, r_id int, s_id int);'
sql prod <<<"$partitioned ALTER TABLE t ADD CONSTRAINT t_id_fkey FOREIGN KEY (r_id) REFERENCES r;"
hidden=$(sql prod "SELECT conname FROM pg_constraint WHERE conrelid = 't'::regclass AND conparentid <> 0")
sql dev <<<"$partitioned ALTER TABLE t ADD CONSTRAINT $hidden FOREIGN KEY (s_id) REFERENCES s; CREATE INDEX t_s_id ON t (s_id);"
bring --backup none
status_is 0 "a foreign key with the name of a hidden one ($hidden)"
like "$OUT" "constraint public\.t\.$hidden: .*already exists" "is withheld"
is "$(sql prod "SELECT to_regclass('t_s_id') IS NOT NULL, count(*) FROM pg_constraint WHERE conrelid = 't'::regclass AND contype = 'f'")" "t|2" \
	"the rest is done"
plan_again
status_is 0 "the second plan is empty"

# --- renames that a hints file asks for ---

fresh
sql prod 'CREATE EXTENSION pg_stat_statements' 'CREATE TABLE a (id int PRIMARY KEY, old text)' "INSERT INTO a VALUES (1, 'x')" \
	'CREATE TABLE c (id int PRIMARY KEY, old text)' "INSERT INTO c VALUES (2, 'y')" \
	"CREATE TYPE label AS ENUM ('a', 'b')"
sql dev 'CREATE TABLE pg_stat_statements (id int PRIMARY KEY, new text)' 'CREATE VIEW over AS SELECT new FROM pg_stat_statements' \
	'CREATE TABLE d (id int PRIMARY KEY, new text)' "CREATE TYPE label AS ENUM ('a', 'bb')" 'CREATE TABLE other (id int)'
cat >"$WORK/hints.json" <<'END'
{"renames": [
	{"kind": "table", "from": ["public", "a"], "to": ["public", "pg_stat_statements"]},
	{"kind": "column", "from": ["public", "a", "old"], "to": ["public", "pg_stat_statements", "new"]},
	{"kind": "table", "from": ["public", "c"], "to": ["public", "d"]},
	{"kind": "column", "from": ["public", "c", "old"], "to": ["public", "d", "new"]},
	{"kind": "enum_label", "from": ["public", "label", "b"], "to": ["public", "label", "bb"]}]}
END
bring --backup none --hints "$WORK/hints.json"
status_is 0 "a rename to a name that an extension's member has"
like "$OUT" 'table public\.pg_stat_statements: production.s server refused the rename of a, which the hints ask for: relation .* already exists' "is withheld"
like "$OUT" 'view public\.over: it needs .*public\.pg_stat_statements' "with what needs the new name"
is "$(sql prod 'SELECT id, old FROM a' 'SELECT id, new FROM d' "SELECT to_regclass('other') IS NOT NULL, 'bb'::label")" "1|x
2|y
t|bb" "the other renames are done, and the rest"
plan_again --hints "$WORK/hints.json"
status_is 0 "the second plan is empty"
apply --hints "$WORK/hints.json" --strict
status_is 9 "and --strict minds"

# --- what the server keeps for superusers ---

fresh
sql prod 'DROP ROLE IF EXISTS deployer' 'CREATE ROLE deployer LOGIN' 'ALTER DATABASE prod OWNER TO deployer' 'ALTER SCHEMA public OWNER TO deployer' \
	'CREATE SCHEMA locked'
sql dev "CREATE FUNCTION quiet() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN END\$\$" \
	'CREATE EVENT TRIGGER quiet ON ddl_command_end EXECUTE FUNCTION quiet()' 'CREATE PUBLICATION everything FOR ALL TABLES' \
	"CREATE FUNCTION in_c() RETURNS int LANGUAGE internal AS 'pg_backend_pid'" 'CREATE VIEW over_c AS SELECT in_c() AS n' \
	'CREATE TABLE t (id int PRIMARY KEY)' 'CREATE SCHEMA locked'
bring -U deployer
status_is 0 "a role that owns the database and is no superuser"
like "$OUT" 'event trigger quiet: .*refused it: permission denied' "does without an event trigger"
like "$OUT" 'publication everything: .*refused it: must be superuser' "and a publication of all tables"
like "$OUT" 'function public\.in_c\(\): .*refused it: permission denied for language' "and a function of the server's own"
like "$OUT" 'view public\.over_c: it needs function' "with what needs it"
is "$(sql prod "SELECT to_regclass('t') IS NOT NULL")" t "the rest is done"
plan_again -U deployer
status_is 0 "the second plan is empty"
sql dev 'CREATE VIEW locked.v AS SELECT 1 AS a'
bring -U deployer
status_is 3 "a role that lacks a right which deployments need"
like "$ERR" 'permission denied for schema locked' "is told so"

# --- files that production's server lacks ---

fresh
sql dev "CREATE FUNCTION far() RETURNS language_handler LANGUAGE c AS '\$libdir/plpgsql', 'plpgsql_call_handler'" \
	"CREATE TEXT SEARCH DICTIONARY far (TEMPLATE = simple, STOPWORDS = english)" 'CREATE TABLE t (id int)' \
	"CREATE TEXT SEARCH CONFIGURATION far (COPY = simple)" "ALTER TEXT SEARCH CONFIGURATION far ALTER MAPPING FOR word WITH far" \
	"UPDATE pg_proc SET probin = '\$libdir/nowhere' WHERE proname = 'far'" \
	"UPDATE pg_ts_dict SET dictinitoption = 'stopwords = ''nowhere''' WHERE dictname = 'far'"
bring --backup none
status_is 0 "a library and a list of words that are missing"
like "$OUT" 'function public\.far\(\): .*refused it: could not access file' "withhold the function"
like "$OUT" 'dictionary public\.far: .*refused it: could not open stop-word file' "and the dictionary"
is "$(sql prod "SELECT to_regclass('t') IS NOT NULL")" t "the rest is done"
plan_again
status_is 0 "the second plan is empty"

# --- on a terminal ---

if command -v script >/dev/null 2>&1; then
	fresh
	sql prod 'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 3)'
	sql dev <<<"$functions CREATE TABLE t (id int PRIMARY KEY, n int, more int, CONSTRAINT n_even CHECK (even(n)));"
	rm -rf "$WORK/snapshots"
	"$EXPORT" -q -d dev -o "$WORK/snapshots" >/dev/null
	printf 'y\nn\n' | script -qec "'$IMPORT' apply -d prod '$WORK/snapshots' --backup none" /dev/null >"$WORK/asked" 2>&1
	is "$?" 1 "a person who agreed to one plan and not to the next"
	is "$(grep -c 'Apply this plan' "$WORK/asked")" 2 "was asked twice"
	is "$(sql prod "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0")" 2 "and nothing is changed"
fi

# --- in a later transaction, and with everything breaking off ---

later() {
	fresh
	sql prod "CREATE TYPE e AS ENUM ('a')" 'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 3)'
	sql dev <<<"$functions CREATE TYPE e AS ENUM ('a', 'b');
		CREATE TABLE t (id int PRIMARY KEY, n int, e e DEFAULT 'b', CONSTRAINT n_even CHECK (even(n)));"
}
later
bring --backup none
status_is 0 "a refusal after a transaction that is in"
is "$(sql prod 'SELECT id, n, e FROM t')" "1|3|b" "what is in is used"
is "$(sql prod "SELECT string_agg(outcome, ' ' ORDER BY seq), count(DISTINCT seq) FROM pgkeel.step")" "done refused done done done|5" \
	"the history tells all in one count"
for point in plan:2 group-begin:2 group-begin:3 step:3 step:6 group-commit:2 validate record; do
	for how in "" =kill; do
		later
		PGKEEL_FAULT=$point$how bring --backup none
		isnt "$STATUS" 0 "broken off at $point$how"
		apply --backup none
		status_is 0 "the next run goes on"
		is "$(sql prod 'SELECT id, n, e FROM t')" "1|3|b" "and comes to the same"
		plan_again
		status_is 0 "the second plan is empty"
	done
done

# --- others at work ---

fresh
sql prod 'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 3)' \
	"CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN IF current_query() ~ 'more' THEN RAISE 'no more' USING ERRCODE = 'object_not_in_prerequisite_state'; END IF; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_end EXECUTE FUNCTION no()"
sql dev 'CREATE TABLE t (id int PRIMARY KEY, n int, more int)'
bring
status_is 0 "a refused column"
holder_start prod 'LOCK TABLE t IN ACCESS SHARE MODE'
apply --retry-refused --lock-timeout 50
status_is 0 "which cannot be tried again for a lock"
like "$OUT" 'already holds.*1 withheld' "is believed to be refused still"
like "$ERR" 'could not be tried again' "as the log says"
is "$(backups)|$(sql prod 'SELECT count(*) FROM pgkeel.run')" "1|1" "without a backup or a run"
holder_stop
sql prod 'CREATE TABLE by_hand (id int)'
apply
status_is 0 "after somebody else's change"
is "$(sql prod "SELECT string_agg(outcome, ' ' ORDER BY id) FROM pgkeel.run")" "done done" "it is tried as if for the first time"
is "$(outcomes 2)" "refused column public.t.more" "and refused"

# One attribute is written with a view to the others: a trigger's clones on partitions deviate from the state of the whole.
fresh
parts='CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
	CREATE TABLE p (k int) PARTITION BY RANGE (k); CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (0) TO (10);
	CREATE TABLE p_2 PARTITION OF p FOR VALUES FROM (10) TO (20); CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION noop();'
sql prod <<<"$parts CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN
	IF current_query() ~ 'ENABLE ALWAYS' THEN RAISE 'not always' USING ERRCODE = 'object_not_in_prerequisite_state'; END IF; END\$\$;
	CREATE EVENT TRIGGER no ON ddl_command_start EXECUTE FUNCTION no();"
sql dev <<<"$parts ALTER TABLE p ENABLE ALWAYS TRIGGER tr; ALTER TABLE p_1 DISABLE TRIGGER tr; COMMENT ON TRIGGER tr ON p IS 'c';"
bring --backup none
status_is 0 "a trigger's state that is refused"
is "$(sql prod "SELECT string_agg(tgenabled::text, '' ORDER BY tgrelid), max(obj_description(oid)) FROM pg_trigger WHERE tgname = 'tr'")" "OOO|c" \
	"takes along its states on partitions, and not its comment"
plan_again
status_is 0 "the second plan is empty"

# What others' statements would have done: the end of an identity is part of making its sequence.
fresh
sql prod 'CREATE TABLE a (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY)' 'INSERT INTO a DEFAULT VALUES' \
	"CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN IF current_query() ~ 'RENAME' THEN RAISE 'no names' USING ERRCODE = 'object_not_in_prerequisite_state'; END IF; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start EXECUTE FUNCTION no()"
sql dev 'CREATE TABLE a (id serial PRIMARY KEY)' 'CREATE TABLE other (id int)'
bring --backup none
status_is 0 "a sequence in the place of an identity's that is refused"
like "$OUT" 'sequence public\.a_id_seq: .*refused it: no names' "is withheld"
is "$(sql prod 'INSERT INTO a DEFAULT VALUES' "SELECT max(id), to_regclass('other') IS NOT NULL FROM a")" "2|t" "the identity goes on counting"
plan_again
status_is 0 "the second plan is empty"

# The same words for two objects: the counter that an identity takes over is dropped under a name of the moment.
fresh
sql prod 'CREATE TABLE a (id serial PRIMARY KEY)' 'INSERT INTO a DEFAULT VALUES' 'CREATE TABLE b (id serial PRIMARY KEY)' \
	"CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN IF current_query() ~ '^DROP SEQ' THEN RAISE 'no drops' USING ERRCODE = 'object_not_in_prerequisite_state'; END IF; END\$\$" \
	"CREATE EVENT TRIGGER no ON sql_drop EXECUTE FUNCTION no()"
sql dev 'CREATE TABLE a (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY)' 'CREATE TABLE b (id int PRIMARY KEY GENERATED ALWAYS AS IDENTITY)' \
	'CREATE TABLE other (id int)'
bring --backup none
status_is 0 "two columns whose statements are the same"
is "$(outcomes 1)" "refused column public.a.id, refused column public.b.id" "are refused each"
is "$(sql prod 'INSERT INTO a DEFAULT VALUES' "SELECT max(id), to_regclass('other') IS NOT NULL FROM a")" "2|t" "the rest is done"
plan_again
status_is 0 "the second plan is empty"

# --- an event trigger with opinions ---

fresh
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'not on my watch' USING ERRCODE = 'object_not_in_prerequisite_state'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION public.no()" \
	"CREATE TABLE a (id int, s varchar(10))" "INSERT INTO a VALUES (1, 'x')"
sql dev "CREATE TABLE a (id int, s varchar(20))" "CREATE VIEW av AS SELECT id FROM a" "CREATE VIEW avv AS SELECT id FROM av" \
	"CREATE VIEW second AS SELECT 1 AS one" "CREATE TYPE e AS ENUM ('a')" "CREATE TABLE b (e e)"
bring --backup none
status_is 0 "an event trigger that refuses all views"
like "$OUT" 'view public\.av: .*refused it: not on my watch' "in its words"
like "$OUT" 'view public\.avv: it needs view public\.av' "what needs one waits"
like "$OUT" 'view public\.second: .*refused it: not on my watch' "each is withheld"
is "$(sql prod "SELECT to_regclass('b') IS NOT NULL, s FROM a")" "t|x" "the rest is done"
plan_again
status_is 0 "the second plan is empty"
run "$IMPORT" drift -d prod "$WORK/snapshots"
status_is 0 "and nothing has drifted"
sql prod 'DROP EVENT TRIGGER no' 'DROP FUNCTION no()'
plan_again
status_is 8 "when it is gone, they are planned again"
apply --backup none
status_is 0 "and made"
is "$(sql prod 'SELECT one FROM second')" 1 "all of them"

# Many refusals are found with few tries.  The trigger comes after the history, without which no run begins.
fresh
"$EXPORT" -q -d dev -o "$WORK/empty" >/dev/null
history() {
	sql prod 'CREATE TABLE first (id int)'
	run "$IMPORT" apply -q -d prod "$WORK/empty" --backup none
	"$EXPORT" -q -d prod -o "$WORK/first" >/dev/null
	sql prod 'DROP TABLE first'
	run "$IMPORT" apply -q -d prod "$WORK/first" --backup none
}
history
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'frozen' USING ERRCODE = 'object_not_in_prerequisite_state'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION public.no()"
sql dev "SELECT format('CREATE TABLE many_%s (id int);', i) FROM generate_series(1, 150) i" | psql -X -q -d dev
sql dev 'CREATE SEQUENCE counted'
bring --backup none
status_is 0 "150 tables refused"
like "$OUT" '; 150 withheld' "are 150 withheld"
is "$(sql prod "SELECT to_regclass('counted') IS NOT NULL")" t "and the rest is done"
plan_again
status_is 0 "the second plan is empty"

# --- what would have to be made anew ---

fresh
sql prod 'CREATE FUNCTION only_int(n int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT n::text$$' \
	'CREATE TABLE t (id int PRIMARY KEY, n int)' 'INSERT INTO t VALUES (1, 1)' 'CREATE VIEW by_hand AS SELECT only_int(n) AS x FROM t' \
	"COMMENT ON VIEW by_hand IS 'kept'"
sql dev 'CREATE FUNCTION only_int(n int) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT n::text$$' \
	'CREATE TABLE t (id int PRIMARY KEY, n bigint, more int)'
bring --backup none
status_is 0 "a view that cannot be made over the column's new type"
like "$OUT" 'column public\.t\.n: view public\.by_hand depends on it and cannot be made anew: .*only_int\(bigint\)' "holds the column as it is"
is "$(sql prod "SELECT x, obj_description('by_hand'::regclass) FROM by_hand")" "1|kept" "and stays as it was"
is "$(sql prod 'SELECT count(*) FROM pg_attribute WHERE attrelid = $$t$$::regclass AND attname = $$more$$')" 1 "what stands beside is done"
plan_again
status_is 0 "the second plan is empty"

# --- what must not be left open ---

fresh
history
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'no grants' USING ERRCODE = 'object_not_in_prerequisite_state'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('REVOKE', 'GRANT', 'COMMENT') EXECUTE FUNCTION public.no()"
sql dev 'CREATE FUNCTION secret() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$SELECT 1$$' 'REVOKE ALL ON FUNCTION secret() FROM PUBLIC' \
	'CREATE TABLE t (id int)' "COMMENT ON TABLE t IS 'c'"
bring --backup none --with-privileges
status_is 0 "privileges that are refused"
is "$(sql prod "SELECT to_regprocedure('secret()') IS NULL, to_regclass('t') IS NOT NULL")" "t|t" \
	"take along what they would leave open, a comment does not"
plan_again --with-privileges
status_is 0 "the second plan is empty"

done_testing
