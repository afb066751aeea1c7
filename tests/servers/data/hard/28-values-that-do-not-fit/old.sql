CREATE TABLE builds (id int PRIMARY KEY, number text, part numeric, whole numeric, config jsonb, state text);
INSERT INTO builds VALUES (1, '17', 1, 2, '{"a": 1}', 'x'), (2, 'seventeen', 1, 0, '{"a": 2}', 'y');
CREATE INDEX builds_config ON builds ((COALESCE(config, '{}'::jsonb)));
CREATE FUNCTION positive(v numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF v <= 0 THEN RAISE EXCEPTION '% is not positive', v; END IF;
    RETURN v;
END
$$;
CREATE SEQUENCE narrows;
SELECT setval('narrows', 70000);
CREATE SEQUENCE overflows;
SELECT setval('overflows', 3000000000);
