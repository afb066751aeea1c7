-- Release 4: money in reports, reviews, and customers who see only what is theirs.

CREATE TYPE shop.address AS (street text, "ZIP" varchar(10), city text);
ALTER TABLE shop.customer ADD "lives at" shop.address;

CREATE DOMAIN shop.stars AS smallint DEFAULT 5 NOT NULL CHECK (VALUE BETWEEN 1 AND 5);
CREATE TABLE shop.review (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer bigint NOT NULL REFERENCES shop.customer,
	"sku%s" text NOT NULL REFERENCES "Lager ""Süd"""."Größe 'XL'",
	stars shop.stars,
	text text,
	CONSTRAINT "one each" UNIQUE (customer, "sku%s") DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX "bad ones" ON shop.review (lower(text)) INCLUDE (stars) WHERE stars < 3;

ALTER TABLE shop.review ENABLE ROW LEVEL SECURITY;
CREATE POLICY "everybody ""reads""" ON shop.review FOR SELECT USING (true);
CREATE POLICY "own ones" ON shop.review
	USING (customer = current_setting('shop.customer', true)::bigint)
	WITH CHECK (stars > 0);

CREATE OR REPLACE VIEW shop."open orders" WITH (security_barrier) AS
SELECT o.id, c."Full Name", o."when", shop."total of"(o.id) AS "total ∑"
FROM shop."order" o JOIN shop.customer c ON c.id = o.customer
WHERE o.state <> 'sent';
COMMENT ON VIEW shop."open orders" IS 'Not yet sent, with what they cost.';

CREATE MATERIALIZED VIEW shop."turnover by month" AS
SELECT date_trunc('month', o."when") AS "month", sum(l."total ∑") AS turnover
FROM shop."order" o JOIN shop."order
line" l ON l."order" = o.id
GROUP BY 1;
CREATE UNIQUE INDEX ON shop."turnover by month" ("month");

CREATE PROCEDURE shop."count again"() LANGUAGE sql AS $$
	REFRESH MATERIALIZED VIEW shop."turnover by month"
$$;

ALTER TABLE "Lager ""Süd"""."Größe 'XL'"
	ADD CONSTRAINT "not too dear" CHECK ("$1" < 100000),
	ADD COLUMN "EAN" char(13) UNIQUE;
