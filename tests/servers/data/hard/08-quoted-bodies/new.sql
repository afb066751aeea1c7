CREATE TABLE zone (code text PRIMARY KEY, rate int);
CREATE FUNCTION aa_rate(r text) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT count(*) FROM public.zone WHERE code = r); END $$;
CREATE FUNCTION aa_known(r text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN public.aa_deep(r) >= 0; END $$;
CREATE FUNCTION aa_deep(r text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT count(*)::int FROM public.zone WHERE code = r';
CREATE TABLE account (id int PRIMARY KEY, region text, extra int DEFAULT aa_rate('x'),
	doubled int GENERATED ALWAYS AS (aa_rate(region) * 2) STORED,
	CONSTRAINT known CHECK (aa_known(region)));
CREATE INDEX aa_by_rate ON account (aa_rate(region));
CREATE INDEX aa_by_known ON account (id) WHERE aa_known(region);
CREATE MATERIALIZED VIEW aa_rates AS SELECT id, aa_rate(region) AS rate FROM account;
CREATE MATERIALIZED VIEW aa_rates_too AS SELECT aa_deep('q') AS n;
