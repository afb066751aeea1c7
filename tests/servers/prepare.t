#!/usr/bin/env bash
# prepare.t - scripts/prepare-deployment: what a developer runs before a deployment.

. "$(dirname "$0")/lib.sh"

server_start
PREPARE=$ROOT/scripts/prepare-deployment
export PGKEEL_BIN=$BIN
unset DEV_DATABASE_URL PRODUCTION_DATABASE_URL "${!GIT_@}"
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

url_of() {
	printf 'postgresql://postgres:the%%20password@/%s?host=%s' "$1" "$PGHOST"
}

commit() {
	git add --all . && git -c user.name=Dev -c user.email=dev@example.com commit -q -m "$1"
}

# PG* lead elsewhere, so that only the URLs can be right.
with_urls() {
	(
		export DEV_DATABASE_URL PRODUCTION_DATABASE_URL
		DEV_DATABASE_URL=$(url_of dev)
		PRODUCTION_DATABASE_URL=${PRODUCTION-$(url_of prod)}
		export PGHOST=/nowhere PGDATABASE=nothing
		exec "$PREPARE" "$@"
	)
}

database_create dev
sql dev 'CREATE TABLE t (id int PRIMARY KEY, name varchar(20))'
database_create prod
mkdir "$WORK/project" && cd "$WORK/project" || bail_out "no folder"

run "$PREPARE" --help
status_is 0 "--help"
like "$OUT" 'usage: prepare-deployment' "shows the usage"
unlike "$OUT" 'set -u' "and nothing of the script"
run "$PREPARE" --nonsense
status_is 2 "an unknown option"
run "$PREPARE" --label
status_is 2 "an option without its value"
run env -u PGHOST -u PGDATABASE -u PGUSER -u PGSERVICE "$PREPARE"
status_is 2 "no development database named"
like "$ERR" 'DEV_DATABASE_URL' "the message says what to set"
is "$(ls)" "" "nothing was written so far"
DEV_DATABASE_URL="postgresql://x:secret@/dev?host=/nowhere" run "$PREPARE"
status_is 3 "a server that is not there"
unlike "$OUT$ERR" 'secret' "no password is shown"

PGDATABASE=dev run "$PREPARE"
status_is 0 "by PG* variables, outside of git, production unknown"
archive=$(readlink snapshots/latest)
[ -f "snapshots/$archive" ]
ok $? "there is a snapshot"
like "$OUT" "$archive: new" "which is new"
like "$OUT" 'no preview' "no preview is said to be no preview"
run with_urls
status_is 0 "by URLs"
like "$OUT" "$archive: still what development is" "nothing changed, so there is no other snapshot"
is "$(find snapshots -name '*.tar.gz' | wc -l)" 1 "indeed"
like "$OUT" 'CREATE TABLE public.t' "the plan for production is shown"
is "$(sql prod "SELECT to_regclass('t') IS NULL AND to_regnamespace('pgkeel') IS NULL")" t "and nothing is changed there"
unlike "$OUT$ERR" 'the.{1,3}password' "no password is shown"

git init -q . || bail_out "no git"
run with_urls
like "$OUT" "git add --all snapshots" "in git, says what to commit"
commit 'Snapshot'
run with_urls
like "$OUT" 'nothing: snapshots is committed' "nothing, when it is committed"
echo draft >notes
run with_urls
like "$OUT" '1 files changed and not committed' "other changes are mentioned"
rm notes

git tag v1
sql dev 'ALTER TABLE t ADD born date'
run with_urls
status_is 0 "after a change of the schema"
isnt "$(readlink snapshots/latest)" "$archive" "there is another snapshot"
like "$(tar xzOf snapshots/latest manifest.json)" '"label": *"v1' "labelled by git"
command=$(sed -n "s/^  \(git add .*\)/\1/p" <<<"$OUT")
git config user.name Dev && git config user.email dev@example.com
eval "$command" >/dev/null
status=$?
is "$status $(git status --porcelain)" "0 " "the command that it names commits everything"

sql dev 'DROP TABLE t' 'CREATE TABLE t (id int PRIMARY KEY, name varchar(5))'
sql prod 'CREATE TABLE t (id int PRIMARY KEY, name varchar(20))'
run with_urls --label 'narrower'
status_is 0 "a change that is withheld"
like "$OUT" 'Withheld \(1\)' "is shown"
like "$(tar xzOf snapshots/latest manifest.json)" '"label": *"narrower"' "--label wins"
run with_urls --strict
status_is 9 "and with --strict fails"
sql dev "COMMENT ON TABLE t IS 'thing'"
run with_urls --keep=1
is "$(find snapshots -name '*.tar.gz' | wc -l)" 1 "--keep=1 leaves one"
PRODUCTION='' run with_urls --production "$(url_of prod)"
like "$OUT" 'Withheld \(1\)' "--production URL"
PRODUCTION="postgresql://x:secret@/prod?host=/nowhere" run with_urls
status_is 3 "production cannot be reached"
unlike "$OUT" 'To commit' "so it is not ready"
unlike "$OUT$ERR" 'secret' "no password is shown"
echo '/elsewhere/' >.gitignore
run with_urls -o elsewhere
like "$OUT" 'git ignores' "a folder that git ignores is told"

# What other users of the machine see of running programs.
mkdir "$WORK/bin"
for program in pgkeel-export pgkeel-import; do
	# shellcheck disable=SC2016
	printf '#!/bin/sh\nprintf "%%s " "$@" >>%s\nexec %s "$@"\n' "$WORK/arguments" "$BIN/$program" >"$WORK/bin/$program"
	chmod +x "$WORK/bin/$program"
done
PGKEEL_BIN=$WORK/bin run with_urls
status_is 0 "with programs that note their arguments"
like "$(cat "$WORK/arguments")" 'plan' "(they do)"
unlike "$(cat "$WORK/arguments")" 'password' "no password is among them"

cd /
done_testing
