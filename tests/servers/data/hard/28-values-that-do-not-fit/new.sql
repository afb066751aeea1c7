CREATE TABLE builds (id int PRIMARY KEY, number text, part numeric, whole numeric, config text, state text, added int,
    share numeric GENERATED ALWAYS AS (part / whole) STORED,
    double numeric GENERATED ALWAYS AS (part * 2) STORED,
    CONSTRAINT builds_number CHECK (number::int > 0));
CREATE INDEX builds_config ON builds ((COALESCE(config, '{}'::text)));
CREATE FUNCTION positive(v numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF v <= 0 THEN RAISE EXCEPTION '% is not positive', v; END IF;
    RETURN v;
END
$$;
CREATE INDEX builds_by_number ON builds (id, (number::int));
CREATE INDEX builds_by_length ON builds (length(number)) WHERE added IS NULL;
CREATE INDEX builds_by_share ON builds (id) WHERE part / whole > 1;
CREATE INDEX builds_positive ON builds (positive(whole));
CREATE UNIQUE INDEX builds_part ON builds (id, part) WHERE added IS NULL;
CREATE SEQUENCE narrows AS integer;
CREATE SEQUENCE overflows AS integer;
