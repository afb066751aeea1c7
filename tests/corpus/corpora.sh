# corpora.sh - sets corpora to the folders of SOURCE/CASE/{old.sql,new.sql}: the golden cases, and the folder that
# PGKEEL_CORPUS names.  Where it is not set, a folder "corpus" in a neighbour of the project's folder is taken; empty: none.
corpora=("$PWD/tests/golden")
if [ -z "${PGKEEL_CORPUS+set}" ]; then
    for PGKEEL_CORPUS in "$(cd .. && pwd -P)"/*/corpus; do
        [ -d "$PGKEEL_CORPUS" ] && break
        PGKEEL_CORPUS=
    done
fi
if [ -n "$PGKEEL_CORPUS" ]; then
    corpora+=("$(cd "$PGKEEL_CORPUS" && pwd)")
else
    echo "corpus: no corpus beside the project and none named by PGKEEL_CORPUS: only the golden cases are run"
fi
