#!/usr/bin/env bash
# documents.t - what the documents say is so: their tables come from the lists that the programs work by.
#
# `WRITE=1 tests/servers/documents.t` puts the tables in anew.

. "$(dirname "$0")/lib.sh"

# table NAME: the rows with their heading
table() {
	case $1 in
	kinds)
		printf '| kind | in place | made again | by case | withheld | also |\n|---|---|---|---|---|---|\n'
		"$BIN/servers/driver_support" kinds
		;;
	statuses)
		printf '| status | meaning |\n|---|---|\n'
		"$BIN/servers/driver_support" statuses | awk -F ' \\| |^\\| | \\|$' '
			NR == 1 || $2 != last { if (NR > 1) print "| " last " | " text " |"; last = $2; text = $3; next }
			{ text = text "; " $3 }
			END { print "| " last " | " text " |" }'
		;;
	esac
}

# block FILE NAME: what stands between the marks
block() {
	sed -n "/^<!-- begin $2 -->\$/,/^<!-- end $2 -->\$/{/^<!--/d;p}" "$ROOT/$1"
}

for place in README.md:statuses docs/kinds.md:kinds; do
	file=${place%:*} name=${place#*:}
	table "$name" >"$WORK/$name"
	if [ -n "${WRITE:-}" ]; then
		sed -i -e "/^<!-- begin $name -->\$/,/^<!-- end $name -->\$/{/^<!--/!d}" \
			-e "/^<!-- begin $name -->\$/r $WORK/$name" "$ROOT/$file"
	fi
	isnt "$(wc -l <"$WORK/$name")" 2 "there are $name"
	is "$(block "$file" "$name" | diff - "$WORK/$name")" "" "the table of $name in $file (WRITE=1 mends it)"
done
is "$(block docs/kinds.md kinds | awk 'NR > 2 { print $2 }')" "$(sed -n 's/^KIND(\(.*\))$/\1/p' "$ROOT/common/kinds/kinds.def")" \
	"docs/kinds.md has every kind of kinds.def"
is "$("$BIN/servers/driver_support" hazards | grep -v -x -F -f "$ROOT/docs/plan-json.md")" "" "docs/plan-json.md has every hazard"

# Every long option that a document shows is an option.
{
	"$EXPORT" --help
	"$IMPORT" --help
	"$ROOT/scripts/prepare-deployment" --help
	printf '%s\n' --help --version --man --completion --port # the last is of an application in an example
} | grep -o -E -e '--[a-z][a-z-]*' | sort -u >"$WORK/options"
for file in README.md CHANGELOG.md docs/kinds.md docs/operating.md docs/snapshot-format.md docs/plan-json.md; do
	is "$(grep -o -E -e '(^|[ `(])--[a-z][a-z-]+' "$ROOT/$file" | tr -d ' `(' | sort -u | grep -v -x -F -f "$WORK/options")" "" \
		"the options in $file exist"
	missing=
	for link in $(grep -o -E '\]\([^)#]+\)' "$ROOT/$file" | tr -d '])(' | grep -v '^https\?:'); do
		[ -e "$ROOT/$(dirname "$file")/$link" ] || missing="$missing $link"
	done
	is "$missing" "" "and so do the files that it links to"
done
for variable in $(grep -o -h -E 'PGKEEL_[A-Z_]+' "$ROOT/README.md" "$ROOT/docs/operating.md" | sort -u); do
	option=$(tr 'A-Z_' 'a-z-' <<<"--${variable#PGKEEL_}")
	grep -q -x -e "$option" "$WORK/options" || grep -q -w "$variable" "$ROOT/scripts/container-entrypoint"
	ok $? "$variable is known"
done

# The manual pages.
for program in pgkeel-export pgkeel-import; do
	run "$BIN/$program" --man
	status_is 0 "$program --man"
	printf '%s\n' "$OUT" >"$WORK/$program.1"
	if command -v mandoc >/dev/null; then
		is "$(mandoc -T lint -W warning "$WORK/$program.1")" "" "mandoc has nothing to say of it"
	elif command -v groff >/dev/null; then
		is "$(groff -man -Tutf8 -ww -z "$WORK/$program.1" 2>&1)" "" "groff has nothing to say of it"
	fi
	run bash -n -c "$("$BIN/$program" --completion=bash)"
	status_is 0 "its completion is a script"
done

done_testing
