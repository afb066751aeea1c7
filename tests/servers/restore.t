#!/usr/bin/env bash
# restore.t - a backup brought back: the same rows, beside and swapped, single tables, and every failure.
#
# The oracle is plain SQL that shares nothing with pgkeel: per relation the count and an MD5 over the
# sorted texts of its rows, the sequences' values, and the large objects.

. "$(dirname "$0")/lib.sh"

server_start
BACKUPS=$WORK/backups
export PGKEEL_KEEP_BACKUPS=0

oracle() {
	PGOPTIONS='-c row_security=off -c extra_float_digits=3' psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" <<'SQL'
SELECT format('SELECT %L, count(*), md5(string_agg(t::text, '','' ORDER BY t::text COLLATE "C")) FROM ONLY %I.%I AS t',
	n.nspname || '.' || c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_|^information_schema$|^pgkeel$' AND c.relispopulated
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C" \gexec
SELECT format('SELECT %L, last_value, is_called FROM %I.%I', c.relname, n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname <> 'pgkeel' ORDER BY c.relname COLLATE "C" \gexec
SELECT oid, md5(lo_get(oid)), pg_get_userbyid(lomowner), lomacl, obj_description(oid, 'pg_largeobject')
FROM pg_largeobject_metadata ORDER BY oid;
SQL
}

# same_rows DATABASE WANTED NAME: shows only the lines that differ.
same_rows() {
	local found

	found=$(oracle "$1")
	if [ "$found" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$found"))"
	fi
}

restore() {
	run "$IMPORT" restore -d prod "$@"
}

# Databases that a restore made.
others() {
	sql postgres "SELECT datname FROM pg_database WHERE datname ~ '_restore_[0-9]' ORDER BY datname"
}

drop_others() {
	for name in $(others); do
		database_drop "$name"
	done 2>/dev/null
}

fingerprint() {
	tar xzOf "$("$EXPORT" -q -d "$1" -o "$WORK/snapshots")" manifest.json | sed -n 's/.*"fingerprint": "\([0-9a-f]*\)".*/\1/p'
}

sql postgres 'CREATE ROLE app LOGIN' "CREATE ROLE \"Mr. O'Neill\""
database_create prod "$ROOT/tests/servers/rows.sql"
sql prod 'ALTER TABLE data.bare OWNER TO app' "GRANT SELECT (a) ON data.bare TO \"Mr. O'Neill\"" \
	'ALTER LARGE OBJECT 50001 OWNER TO app' 'GRANT SELECT ON LARGE OBJECT 50001 TO PUBLIC' \
	"GRANT UPDATE ON LARGE OBJECT 50001 TO \"Mr. O'Neill\" WITH GRANT OPTION"

# --- the rows themselves ---

wanting=$(sql prod "SELECT string_agg(typname, ' ' ORDER BY typname) FROM pg_type t
	WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typcategory <> 'A'
	AND typname NOT IN ('pg_node_tree', 'pg_ndistinct', 'pg_dependencies', 'pg_mcv_list', 'gtsvector',
		'pg_brin_bloom_summary', 'pg_brin_minmax_multi_summary', 'pg_ddl_command', 'regdatabase')
	AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		WHERE a.atttypid = t.oid AND c.relnamespace = 'data'::regnamespace AND a.attnum > 0)
	AND NOT EXISTS (SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		JOIN pg_type e ON e.oid = a.atttypid WHERE e.typelem = t.oid AND c.relnamespace = 'data'::regnamespace)")
is "$wanting" "" "the test has rows of every base type"

before=$(oracle prod)
isnt "$before" "" "the oracle sees the rows"
archive=$("$IMPORT" backup -q -d prod --backup-dir "$BACKUPS") || bail_out "the backup failed"
same_rows prod "$before" "a backup changes nothing"

database_create empty
run "$IMPORT" restore -d empty "$archive"
status_is 0 "a restore into an empty database"
same_rows empty "$before" "brings back the same rows, sequences and large objects"
is "$(fingerprint empty)" "$(fingerprint prod)" "and the same schema"
is "$(sql empty "SELECT relname, pg_get_userbyid(relowner), relforcerowsecurity FROM pg_class WHERE relname IN ('bare', 'secret')" | sort)" \
	"$(sql prod "SELECT relname, pg_get_userbyid(relowner), relforcerowsecurity FROM pg_class WHERE relname IN ('bare', 'secret')" | sort)" "owners too"
is "$(sql empty "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname" | tr '\n' ' ')" "always|A noisy|O silent|D " "triggers as they were"
is "$(sql empty "SELECT count(*) FROM data.audit")" "$(sql prod "SELECT count(*) FROM data.audit")" "and none of them fired"
is "$(sql empty "INSERT INTO data.every DEFAULT VALUES RETURNING id")" "$(sql prod "INSERT INTO data.every DEFAULT VALUES RETURNING id")" "identity columns go on where they were"
like "$(sql empty "SELECT command, outcome, snapshot FROM pgkeel.run")" "restore\|done\|$archive" "the history has it"
run "$IMPORT" drift -d empty
status_is 0 "and knows the schema"
before=$(oracle prod)
archive=$("$IMPORT" backup -q -d prod --backup-dir "$BACKUPS") || bail_out "the backup failed"

database_create again
run "$IMPORT" restore -q -d again "$archive" --no-owner --no-privileges
status_is 0 "without owners"
is "$(sql again "SELECT pg_get_userbyid(relowner), relacl FROM pg_class WHERE relname = 'bare'")" "postgres|" "they are the role's"

# --- other encodings ---

sql postgres "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'" \
	"CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
sql latin "SET client_encoding = UTF8" 'CREATE TABLE "Größe" ("Länge" text)' "INSERT INTO \"Größe\" VALUES ('Ä ÿ'), (chr(160)), (chr(255) || chr(133))"
sql ascii 'CREATE TABLE raw (t text)' "INSERT INTO raw VALUES (E'\\xff\\xfe'), (E'ok \\xc3')"
for database in latin ascii; do
	rows=$(PGCLIENTENCODING=SQL_ASCII oracle "$database")
	file=$("$IMPORT" backup -q -d "$database" --backup-dir "$BACKUPS")
	run "$IMPORT" restore -q -d "$database" --swap "$file"
	status_is 0 "a database in $database is restored"
	is "$(PGCLIENTENCODING=SQL_ASCII oracle "$database")" "$rows" "byte by byte"
	is "$(sql postgres "SELECT count(*) FROM pg_database WHERE datname ~ '^$database' GROUP BY encoding")" 2 "in the same encoding"
done
file=$("$IMPORT" backup -q -d latin --backup-dir "$BACKUPS")
database_create utf
run "$IMPORT" restore -q -d utf "$file"
status_is 0 "latin into an empty UTF8 database"
is "$(sql utf 'SELECT "Länge" FROM "Größe" WHERE "Länge" ~ $$Ä$$')" "Ä ÿ" "with the same characters"
drop_others

# --- beside, and the swap ---

sql postgres "ALTER DATABASE prod SET search_path = 'data', \"\$user\"" "ALTER DATABASE prod CONNECTION LIMIT 90" \
	"ALTER ROLE app IN DATABASE prod SET work_mem = '7MB'" "REVOKE ALL ON DATABASE prod FROM PUBLIC" \
	"GRANT CONNECT ON DATABASE prod TO app" "COMMENT ON DATABASE prod IS 'it''s ours'"
facts() {
	sql postgres "SELECT datacl, datconnlimit, pg_get_userbyid(datdba), encoding, datcollate, shobj_description(oid, 'pg_database'),
		(SELECT string_agg(setrole::regrole || setconfig::text, ';' ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid)
		FROM pg_database d WHERE datname = '$1'"
}
facts_before=$(facts prod)
oid=$(sql postgres "SELECT oid FROM pg_database WHERE datname = 'prod'")

restore "$archive"
status_is 0 "a restore of a database in use"
like "$OUT" 'Database prod was not touched' "goes beside it"
like "$OUT" 'ALTER DATABASE prod RENAME TO prod_before_restore_' "and says how to swap"
copy=$(others)
same_rows "$copy" "$before" "the copy has the same rows"
is "$(sql postgres "SELECT oid FROM pg_database WHERE datname = 'prod'")" "$oid" "prod is still the same database"
same_rows prod "$before" "with the same rows"
drop_others

restore --dry-run "$archive"
status_is 0 "a dry run"
is "$(others)" "" "makes no database"

sql prod 'DROP TABLE data.one' 'DELETE FROM data.part WHERE k < 5' 'INSERT INTO data.bare VALUES (99)'
damaged=$(oracle prod)
restore --yes "$archive"
status_is 0 "a restore with a swap"
same_rows prod "$before" "prod has the rows of the backup"
kept=$(others)
like "$kept" '^prod_before_restore_[0-9]{8}_[0-9]{6}$' "the database before is kept"
same_rows "$kept" "$damaged" "as it was"
like "$OUT" "DROP DATABASE $kept" "and named"
is "$(facts prod)" "$facts_before" "owner, privileges, settings and comment of the database came along"
drop_others

holder_start prod
restore --swap "$archive"
status_is 1 "sessions in the way of the swap"
like "$ERR" '1 session is connected' "are counted"
like "$ERR" 'postgres, holder' "and named"
like "$ERR" 'BEGIN; ALTER DATABASE prod RENAME' "and what to do is said"
same_rows prod "$before" "prod is as it was"
same_rows "$(others)" "$before" "the copy is there"
drop_others
oid=$(sql postgres "SELECT oid FROM pg_database WHERE datname = 'prod'")
restore --swap --terminate "$archive"
status_is 0 "with --terminate they are ended"
isnt "$(sql postgres "SELECT oid FROM pg_database WHERE datname = 'prod'")" "$oid" "and the names swapped"
drop_others
holder_stop

holder_start prod 'SELECT pg_advisory_lock(7377297458)'
for tables in "" "--table data.one"; do
	: >"$WORK/signal.out"
	# shellcheck disable=SC2086 # an option and its value
	"$IMPORT" restore -d prod --yes --wait 3000 $tables "$archive" >"$WORK/signal.out" 2>&1 </dev/null &
	importer=$!
	await "a restore that waits" says "$WORK/signal.out" 'another run'
	SECONDS=0
	kill -TERM "$importer"
	wait "$importer"
	is "$?" 143 "SIGTERM ends a restore ${tables:-of all} that waits for another run"
	[ "$SECONDS" -lt 1500 ]
	ok $? "before that ends ($SECONDS s)"
done
holder_stop

restore --into side "$archive"
status_is 0 "into a database of a given name"
same_rows side "$before" "with the same rows"
restore --into side "$archive"
status_is 1 "but not into one that is there"

# --- single tables ---

sql prod 'DROP TABLE data.part CASCADE' 'DROP TABLE data.animal CASCADE' 'TRUNCATE data.parent, data.child' 'DELETE FROM data.one WHERE t IS NULL'
restore -t data.part -t data.animal -t data.dog -t data.parent -t data.child -t data.one "$archive"
status_is 0 "tables that are missing, empty and filled"
line() {
	grep -E "^data\.($1)\|" <<<"$2"
}
tables='part_1|part_2|part_3a|part_rest|animal|dog|parent|child'
is "$(line "$tables" "$(oracle prod)")" "$(line "$tables" "$before")" "have their rows"
is "$(sql prod "SELECT count(*) FROM data.audit")" "$(sql side "SELECT count(*) FROM data.audit")" "no trigger fired"
is "$(sql prod "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname" | tr '\n' ' ')" "always|A noisy|O silent|D " "and they are enabled as they were"
is "$(sql prod "SELECT conname, condeferrable, condeferred, convalidated FROM pg_constraint WHERE contype = 'f' AND conrelid = 'data.child'::regclass ORDER BY 1" | tr '\n' ' ')" \
	"child_parent_fkey|f|f|t child_self_fkey|f|f|t " "so are the foreign keys"
is "$(sql prod "INSERT INTO data.animal (name) VALUES ('x') RETURNING id")" "$(sql side "INSERT INTO data.animal (name) VALUES ('x') RETURNING id")" "the serial column goes on"
like "$ERR" 'not restored: (materialized )?view data\.(totals|summary)' "what stood on them is named"
beside=$(sql prod "SELECT relname FROM pg_class WHERE relname ~ '^one_restored_'")
is "$(sql prod "SELECT count(*) FROM data.$beside")|$(sql prod "SELECT count(*) FROM data.one")" "5|4" "a table with rows is left alone, the rows are beside"
like "$OUT" "INSERT INTO data.one \(t\)" "with the SQL to bring them over"
sql prod "DROP TABLE data.$beside"

sql prod 'DROP TABLE data.parent CASCADE'
restore -q -t data.parent -t data.child "$archive"
sql prod "DROP TABLE $(sql prod "SELECT 'data.' || relname FROM pg_class WHERE relname ~ '^child_restored_'")"
sql prod 'DROP TABLE data.child' 'DELETE FROM data.parent WHERE id = 5'
restore -t data.child "$archive"
status_is 5 "a foreign key whose rows are gone"
like "$ERR" 'when that is mended, run: ALTER TABLE' "is told with its statement"
is "$(sql prod 'SELECT count(*) FROM data.child')" 3 "the table itself is back"

sql prod 'TRUNCATE data.child' 'ALTER TABLE data.child ADD FOREIGN KEY (parent) REFERENCES data.parent'
restore -t data.child "$archive"
isnt "$STATUS" 0 "rows that a foreign key refuses"
is "$(sql prod 'SELECT count(*) FROM data.child')" 0 "are not loaded"
like "$ERR" 'Restore the table that the foreign key refers to' "and what to do is said"

# A value that the table's column rounds: the proof must see it.
sql prod 'TRUNCATE data.dropped' 'ALTER TABLE data.dropped ALTER b TYPE char(3)'
restore -t data.dropped "$archive"
status_is 6 "rows that come out otherwise than they went in"
like "$ERR" 'table data\.dropped has other rows than the backup' "are found"
is "$(sql prod 'SELECT count(*) FROM data.dropped')" 0 "and taken back"
restore -t data.nosuch "$archive"
status_is 2 "a table that the backup lacks"

# --- archives that are not whole ---

restore_fails() {
	local status=$1 name=$2
	shift 2
	rows=$(oracle prod)
	restore "$@"
	status_is "$status" "$name"
	is "$(oracle prod)$(others)" "$rows" "$name: nothing changed"
}
size=$(stat -c %s "$archive")
head -c $((size - 500)) "$archive" >"$WORK/cut.tar.gz"
restore_fails 4 "a truncated archive" "$WORK/cut.tar.gz" --yes
head -c $((size / 2)) "$archive" >"$WORK/cut.tar.gz"
restore_fails 4 "half an archive" "$WORK/cut.tar.gz" --yes -t data.bare
cp "$archive" "$WORK/flipped.tar.gz"
# In the catalog: a wrong distance in a run of equal bytes, as in the large object, may unpack to the same.
perl -e 'open my $file, "+<", $ARGV[0] or die; seek $file, $ARGV[1], 0; read $file, my $byte, 1;
	seek $file, $ARGV[1], 0; print $file chr(ord($byte) ^ 16)' "$WORK/flipped.tar.gz" $((size / 5))
restore_fails 4 "an archive with one wrong byte" "$WORK/flipped.tar.gz" --yes
restore_fails 4 "a snapshot" "$("$EXPORT" -q -d prod -o "$WORK/snapshots")" --yes
restore_fails 4 "no file at all" "$WORK/nowhere.tar.gz" --yes

# --- failures half-way ---

for fault in restore-step:20 restore-member:3 restore-step:20=kill restore-member:3=kill; do
	rows=$(oracle prod)
	PGKEEL_FAULT=$fault restore --yes "$archive"
	isnt "$STATUS" 0 "fault $fault"
	sessions_end
	same_rows prod "$rows" "fault $fault: prod is as it was"
	if [[ $fault != *kill ]]; then
		is "$STATUS" 3 "fault $fault: the connection is the reason"
		like "$ERR" "unfinished copy is database \"$(others)\"" "fault $fault: the unfinished copy is named"
	fi
	drop_others
done
for fault in restore-swap restore-swap=kill; do
	rows=$(oracle prod)
	PGKEEL_FAULT=$fault restore --yes "$archive"
	isnt "$STATUS" 0 "fault $fault"
	sessions_end
	same_rows prod "$rows" "fault $fault: prod is as it was"
	same_rows "$(others)" "$before" "fault $fault: the copy is whole and there"
	drop_others
done
sql prod 'DROP TABLE data.one'
for fault in restore-step restore-member restore-member=kill; do
	PGKEEL_FAULT=$fault restore -t data.one "$archive"
	isnt "$STATUS" 0 "one table, fault $fault"
	sessions_end
	is "$(sql prod "SELECT to_regclass('data.one')")" "" "one table, fault $fault: rolled back"
done

# --- a role that is no superuser ---

sql postgres 'CREATE ROLE maker LOGIN CREATEDB' 'CREATE DATABASE own OWNER maker TEMPLATE template0'
PGUSER=maker sql own 'CREATE SCHEMA s' 'CREATE TABLE s.t (a int)' 'INSERT INTO s.t VALUES (1), (2)' 'ALTER TABLE s.t ENABLE ROW LEVEL SECURITY'
file=$("$IMPORT" backup -q -U maker -d own --backup-dir "$BACKUPS")
sql own 'ALTER TABLE s.t FORCE ROW LEVEL SECURITY'
forced=$("$IMPORT" backup -q -d own --backup-dir "$BACKUPS")
run "$IMPORT" restore -U maker -d own --yes "$file"
status_is 0 "restores what it owns"
sql postgres 'DROP DATABASE own' 'CREATE DATABASE own OWNER maker TEMPLATE template0'
run "$IMPORT" restore -U maker -d own "$forced"
status_is 0 "also a table whose policies bind its owner"
is "$(sql own "SELECT count(*) FROM s.t")|$(sql own "SELECT relforcerowsecurity FROM pg_class WHERE relname = 't'")" "2|t" "with its rows, bound again"
drop_others

done_testing
