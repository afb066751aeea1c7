-- Production: rows, also awkward ones, and a table that no release knows.

SELECT setseed(0.5);

INSERT INTO shop.customer ("e-mail", "Full Name", note)
SELECT 'customer' || i || '@example.com', (ARRAY['Ana Müller', 'O''Brien', 'Søren "Kjær"', '李小龙', E'tab\there'])[i % 5 + 1],
	CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'called on ' || date '2025-01-01' + i % 365 || ', wants a letter' END
FROM generate_series(1, 2000) i;

INSERT INTO "Lager ""Süd"""."Größe 'XL'"
SELECT 'SKU-' || i, (random() * 100)::numeric(8, 2), i % 17 FROM generate_series(1, 500) i;

INSERT INTO shop."order" (customer, state, "when")
SELECT i % 2000 + 1, (CASE WHEN i % 5 = 0 THEN 'new' ELSE 'sent' END)::shop."order state",
	timestamptz '2025-01-01 00:00+00' + i * interval '30 minutes'
FROM generate_series(1, 10000) i;

INSERT INTO shop."order
line"
SELECT i / 3 + 1, i % 3, 'SKU-' || i % 500 + 1, i % 4 + 1, (i % 1000 / 7.0)::numeric(8, 2)
FROM generate_series(0, 29999) i;

INSERT INTO shop."payment ""received"""
SELECT md5('payment' || i)::uuid, i, CASE i % 100 WHEN 0 THEN 'NaN' ELSE (i / 3.0)::text END::numeric,
	CASE i % 50 WHEN 0 THEN 'infinity' ELSE timestamptz '2025-01-01 12:00+00' + i * interval '31 minutes' END,
	CASE i % 3 WHEN 0 THEN decode(md5(i::text), 'hex') WHEN 1 THEN ''::bytea END,
	jsonb_build_object('by', (ARRAY['card', 'bank', E'cash \\ "in hand"\n'])[i % 3 + 1], 'no', i),
	CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '{}' ELSE ARRAY['a,b', '"', NULL, E'\\'] END
FROM generate_series(1, 8000) i;

INSERT INTO shop.event
SELECT date '2025-01-01' + i % 365, (ARRAY['sale', 'refund', 'visit'])[i % 3 + 1] FROM generate_series(1, 3000) i;

-- Somebody made this on production, years ago.
CREATE TABLE shop."newsletter 2019 (do not touch!)" AS
SELECT "e-mail"::text, random() < 0.5 AS opened FROM shop.customer;
ANALYZE;
