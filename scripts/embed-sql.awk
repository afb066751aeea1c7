# embed-sql.awk - turns an SQL file into a C header: static const char <name>_sql[] = "…\n" "…\n";
#
# usage: awk -v name=table -f embed-sql.awk table.sql > table.sql.h
#
# Every line becomes one string literal with its line end, so line-level version guards stay what they are in the file.
# "--# include FILE" stands for the lines of that file, beside the SQL file: what several queries share.
# A part may include others.

BEGIN {
	print "/* Made from " name ".sql by embed-sql.awk: edit that. */"
	printf "static const char %s_sql[] =", name
}

function embed(line) {
	gsub(/\\/, "&&", line)
	gsub(/"/, "\\\"", line)
	gsub(/\t/, "\\t", line)
	gsub(/\?\?/, "?\\?", line) # no trigraphs
	printf "\n\t\"%s\\n\"", line
}

function include(directive,    file, line, found, words) {
	split(directive, words, " ")
	file = FILENAME
	sub(/[^\/]*$/, words[3], file)
	while ((found = (getline line < file)) > 0)
		take(line)
	close(file)
	if (found < 0) {
		print "embed-sql.awk: " FILENAME " includes " words[3] ", which is missing" > "/dev/stderr"
		failed = 1
		exit
	}
}

function take(line) {
	if (line ~ /^--# include /)
		include(line)
	else
		embed(line)
}

{
	take($0)
}

END {
	if (failed)
		exit 1
	if (NR == 0)
		printf " \"\""
	print ";"
}
