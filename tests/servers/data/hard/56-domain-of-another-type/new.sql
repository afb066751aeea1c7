CREATE DOMAIN code AS text CONSTRAINT code_range CHECK (VALUE <> '') CONSTRAINT code_long CHECK (length(VALUE) > 0);
CREATE DOMAIN word AS text CONSTRAINT word_long CHECK (length(VALUE) > 0);
CREATE TABLE t (x code, y word);
