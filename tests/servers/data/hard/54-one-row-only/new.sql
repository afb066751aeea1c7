CREATE TABLE one (a int);
CREATE UNIQUE INDEX one_row ON one ((true));
CREATE TABLE two (a int, b text);
CREATE UNIQUE INDEX two_row ON two ((true));
CREATE UNIQUE INDEX two_number ON two ((1));
CREATE UNIQUE INDEX two_word ON two (('x'::text), lower(b));
CREATE UNIQUE INDEX two_keys ON two (a, b COLLATE "C" DESC);
CREATE TABLE none (a int);
CREATE UNIQUE INDEX none_row ON none ((1), (NULL::int));
