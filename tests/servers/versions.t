#!/usr/bin/env bash
# versions.t - every supported version of PostgreSQL as source and as target: one schema, loaded natively on each, is
# planned against every other version's copy (nothing to do but for what the older one cannot express), and applied to an
# empty database of every version (after which nothing is left but the withheld).

. "$(dirname "$0")/lib.sh"

unset PGKEEL_TEST_VERSION
# Fewer of them for a quick look: PGKEEL_TEST_VERSIONS='13 18'
SUPPORTED=${PGKEEL_TEST_VERSIONS:-13 14 15 16 17 18}
VERSIONS=()

for version in $SUPPORTED; do
	if cluster_bindir "$version" >/dev/null 2>&1 || cluster_fetch "$version" >"$WORK/fetch.$version" 2>&1; then
		VERSIONS+=("$version")
	else
		pass "version $version # SKIP no server: $(tail -n 1 "$WORK/fetch.$version")"
	fi
done
[ ${#VERSIONS[@]} -gt 0 ] || skip_all "no PostgreSQL server is installed"

# What a target older than the source may be told: each reason names the version, or the server's own complaint.
REASON='needs? PostgreSQL (1[4-8])|cannot make it as PostgreSQL|it needs [a-z ]+ (app|old)[.].*, whose change is withheld'
# What a version before 14 and one from 14 on cannot settle.
EXTRACT='EXTRACT of type numeric needs PostgreSQL 14'
# A server's fault, mended in later minor versions.
ATTACH='attaching what excludes to the partitioned table.s needs PostgreSQL 17[.]11 or 18[.]5'
# What an older source has of the built-in that a newer one has no longer.
GONE='^(aggregate|view) app[.]gone_[^:]*: (production.s PostgreSQL [0-9]+ cannot make it as PostgreSQL|it needs aggregate app.gone_)'

for version in "${VERSIONS[@]}"; do
	server_start "v$version" --version "$version" || bail_out "PostgreSQL $version did not start"
	database_create dev "$ROOT/tests/servers/data/versions.sql"
	run "$EXPORT" -q -d dev -o "$WORK/snapshot$version"
	status_is 0 "export from PostgreSQL $version"
done

# json_query SQL: of the plan p that the last run printed.
json_query() {
	printf '%s' "$OUT" >"$WORK/plan.json"
	chmod 644 "$WORK/plan.json"
	sql dev "SELECT $1 FROM (SELECT pg_catalog.pg_read_file('$WORK/plan.json')::jsonb) AS x (p)"
}

# withheld_as_expected SOURCE TARGET WHAT: each withheld change is one that the other version cannot express.
withheld_as_expected() {
	local pattern=$ATTACH odd

	[ "$1" -le "$2" ] || pattern=$REASON
	[ "$1" -ge "$2" ] || pattern="$pattern|$GONE"
	# EXTRACT is what differs between copies that both versions made.
	[ "$3" = empty ] || [ $(($1 < 14)) = $(($2 < 14)) ] || pattern="$pattern|$EXTRACT"
	odd=$(json_query "(SELECT string_agg(w->>'object' || ': ' || (w->>'reason'), E'\n')
		FROM jsonb_array_elements(p->'withheld') AS w
		WHERE concat(w->>'object', ': ', w->>'reason') !~ '${pattern//\'/\'\'}')")
	is "$odd" "" "$1 to $2, $3: withheld is only what the other cannot express"
}

# nothing_to_do NAME
nothing_to_do() {
	is "$STATUS $(json_query "concat_ws(E'\n', p->'summary'->>'steps' || ' steps', (SELECT string_agg(s->>'sql', E'\n')
		FROM jsonb_array_elements(p->'groups') AS g, jsonb_array_elements(g->'steps') AS s))")" "0 0 steps" "$1"
}

for target in "${VERSIONS[@]}"; do
	server_use "v$target"
	for source in "${VERSIONS[@]}"; do
		run "$IMPORT" plan -q -d dev "$WORK/snapshot$source" --format json
		nothing_to_do "$source to $target: nothing to do on the native copy"
		withheld_as_expected "$source" "$target" native
		if [ "$source" -gt "$target" ]; then
			isnt "$(json_query "p->'summary'->>'withheld'")" 0 "$source to $target: what is newer is not passed over in silence"
		fi

		database_create empty
		run "$IMPORT" apply -q -d empty "$WORK/snapshot$source" --backup none
		status_is 0 "$source to $target: applied to an empty database"
		unlike "$ERR" refused "$source to $target: the plan knew what cannot be"
		run "$IMPORT" plan -q -d empty "$WORK/snapshot$source" --format json
		nothing_to_do "$source to $target: nothing is left to do"
		is "$(sql empty "SELECT count(*) FROM pg_inherits WHERE inhrelid = 'app.unenforced_parts_1'::regclass")" 1 \
			"$source to $target: a partition is one without checks that cannot be"
		is "$(sql empty "SELECT count(*) FROM pg_inherits WHERE inhrelid = 'app.computed_heir'::regclass AND inhparent = 'app.computed'::regclass")" 1 \
			"$source to $target: tables do without columns that are only computed"
		withheld_as_expected "$source" "$target" empty
	done
done

# ---- production with rows and an older copy of the schema, in use while the plan is made ----

# What the snapshot of the newest gives to a table that is there: all that holds text, and more than one version knows.
older_copy() {
	database_create older
	sql older "CREATE TABLE item (id int PRIMARY KEY, name text); INSERT INTO item VALUES (1, 'x1'), (2, 'x2')" \
		"CREATE VIEW names AS SELECT name FROM item" \
		"CREATE TYPE state AS ENUM ('begun'); CREATE TABLE job (id int CONSTRAINT first_key PRIMARY KEY, s state)" \
		"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor"
}
newer_copy() {
	older_copy
	sql older "ALTER TABLE item ADD COLUMN note text, ADD COLUMN born uuid DEFAULT uuidv7()" \
		"ALTER TABLE item ADD COLUMN spans int4multirange" \
		"ALTER TABLE item ADD CONSTRAINT item_name CHECK (regexp_like(name, '^x')), ADD CHECK (id > 0)" \
		"CREATE INDEX item_sorted ON item (array_sort(ARRAY[id, 1])); CREATE INDEX item_note ON item (note)" \
		"CREATE POLICY item_policy ON item USING (pg_input_is_valid(name, 'integer'))" \
		"CREATE STATISTICS item_statistics ON (erf(id)), (id + 1) FROM item" \
		"CREATE OR REPLACE VIEW names AS SELECT name, casefold(name) AS folded FROM item" \
		"ALTER TYPE state ADD VALUE 'done'" \
		"CREATE FUNCTION is_done(s state) RETURNS boolean IMMUTABLE LANGUAGE sql AS \$\$ SELECT s = 'done'::state \$\$" \
		"CREATE INDEX job_done ON job (id) WHERE is_done(s)" \
		"ALTER TABLE job ADD n int NOT NULL, DROP CONSTRAINT first_key, ADD CONSTRAINT second_key PRIMARY KEY (n)" \
		"ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pg_monitor" \
		"ALTER TABLE job ADD word text" \
		"CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS \$\$BEGIN RETURN NULL; END\$\$" \
		"CREATE TRIGGER job_seen AFTER INSERT ON job FOR EACH ROW WHEN (new.word IS NOT NULL) EXECUTE FUNCTION seen()" \
		"CREATE VIEW notes AS SELECT id, note FROM item; CREATE VIEW over_names AS SELECT folded FROM names"
}

newest=${VERSIONS[-1]}
if [ "$newest" -ge 18 ] && [ "${VERSIONS[0]}" -lt 18 ]; then
	server_use "v$newest"
	newer_copy
	run "$EXPORT" -q -d older -o "$WORK/newer"
	run "$IMPORT" backup -q -d older --backup-dir "$WORK/backups"
	backup=$OUT
	for target in "${VERSIONS[@]}"; do
		[ "$target" -lt "$newest" ] || continue
		server_use "v$target"
		older_copy
		# Somebody is writing: to ask for a lock that is in the way of that would be to wait in vain.
		holder_start older 'LOCK TABLE item IN ROW EXCLUSIVE MODE'
		run "$IMPORT" plan -q -d older "$WORK/newer" --format json
		printf '%s' "$OUT" >"$WORK/plan.json"
		chmod 644 "$WORK/plan.json"
		withheld=$(sql older "SELECT string_agg(w->>'object', ', ' ORDER BY w->>'object' COLLATE \"C\")
			FROM jsonb_array_elements(pg_read_file('$WORK/plan.json')::jsonb->'withheld') AS w")
		like "$withheld" 'constraint|default public.item.born' "$newest to $target: an older copy in use can be planned"
		unlike "$withheld" 'public.job' "$newest to $target: nor is withheld what needs a new label, or room of an old key"
		holder_stop
		run "$IMPORT" apply -q -d older "$WORK/newer" --backup none --with-privileges
		status_is 0 "$newest to $target: the older copy is brought to what it can be"
		is "$(sql older "SELECT string_agg(id || name, ',' ORDER BY id) FROM item")" 1x1,2x2 "its rows are there"
		run "$IMPORT" plan -q -d older "$WORK/newer" --exit-code
		status_is 0 "and nothing is left to do"

		# A backup for a server that cannot make a default, a view or, before 14, a table of it: all else comes back.
		database_create restored
		run "$IMPORT" restore -d restored "$backup"
		if [ "$target" -ge 14 ]; then
			status_is 0 "$newest to $target: a backup is restored into an older empty database"
			is "$(sql restored "SELECT string_agg(id || name, ',' ORDER BY id) FROM item")" 1x1,2x2 "with its rows"
		else
			status_is 6 "$newest to $target: a backup with a table that cannot be is restored without it"
			like "$ERR" 'table "public"."item" could not be made: its rows are not restored' "as is told"
		fi
		like "$ERR" 'not restored as it was: view public.names: production.s PostgreSQL|not restored as it was: view public.names: it needs' \
			"what cannot be is told"
		is "$(sql restored "SELECT count(*) FROM job")" 0 "and all else is there"
	done
fi

# ---- changes of what is there, each such as only some versions can make ----

# changed_pair SOURCE TARGET
changed_pair() {
	local database=changed_$1

	server_use "v$2"
	database_create "$database" "$ROOT/tests/servers/data/versions-older.sql"
	run "$IMPORT" apply -q -d "$database" "$WORK/changed$1" --backup none
	status_is 0 "$1 to $2: the older copy is changed as far as can be"
	unlike "$ERR" "refused" "$1 to $2: the plan knew what cannot be"
	is "$(sql "$database" "SELECT string_agg(id || coalesce(name, '-'), ',' ORDER BY id) FROM old.item")" \
		1x1,2x2,3x3,4x4,5x5,100- "$1 to $2: the rows are there"
	is "$(sql "$database" "SELECT count(*) FROM old.split")" 1 "$1 to $2: a table with rows has become a partition"
	run "$IMPORT" plan -q -d "$database" "$WORK/changed$1" --format json
	nothing_to_do "$1 to $2: nothing is left of the changes"
	withheld_as_expected "$1" "$2" changed
}

for source in "${VERSIONS[@]}"; do
	server_use "v$source"
	database_create changed "$ROOT/tests/servers/data/versions-older.sql" "$ROOT/tests/servers/data/versions-changes.sql"
	run "$EXPORT" -q -d changed -o "$WORK/changed$source"
	status_is 0 "export of the changes from PostgreSQL $source"
done
# All that the newest can change, everywhere; what each can, on the one before it.
before=
for version in "${VERSIONS[@]}"; do
	[ -z "$before" ] || [ "$version" = "$newest" ] || changed_pair "$version" "$before"
	changed_pair "$newest" "$version"
	before=$version
done

# What a newer server stores in a form of its own, from which the older one's text cannot be had again: a quoted field,
# which 18 writes without its quotes, and an ICU locale, of which 16 and later make the standard form.
own_forms() {
	database_create forms
	sql forms 'CREATE VIEW years AS SELECT EXTRACT("YEAR" FROM now()) AS y;
		CREATE COLLATION numbers (PROVIDER = icu, LOCALE = '"'@colNumeric=yes'"')' >/dev/null 2>&1
}
oldest=15
for version in "${VERSIONS[@]}"; do
	[ "$version" -ge "$oldest" ] || continue
	server_use "v$version"
	own_forms || continue
	if [ ! -e "$WORK/forms" ]; then
		run "$EXPORT" -q -d forms -o "$WORK/forms"
		oldest=$version
		continue
	fi
	run "$IMPORT" plan -q -d forms "$WORK/forms" --exit-code --format json
	is "$STATUS $(json_query "p->'summary'->>'withheld'")" "0 0" "$oldest to $version: forms of the server's own are recognized"
done

done_testing
