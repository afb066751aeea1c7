# embed-sql.awk - turns an SQL file into a C header: static const char <name>_sql[] = "…\n" "…\n";
#
# usage: awk -v name=table -f embed-sql.awk table.sql > table.sql.h
#
# Every line becomes one string literal with its line end, so line-level version guards
# and line numbers in the server's messages stay what they are in the file.

BEGIN {
	print "/* Made from " name ".sql by embed-sql.awk: edit that. */"
	printf "static const char %s_sql[] =", name
}

{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	gsub(/\t/, "\\t")
	gsub(/\?\?/, "?\\?") # no trigraphs
	printf "\n\t\"%s\\n\"", $0
}

END {
	if (NR == 0)
		printf " \"\""
	print ";"
}
