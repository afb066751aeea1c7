-- Release 2: orders can be paid; longer names; lines know their total.

ALTER TYPE shop."order state" ADD VALUE 'paid' BEFORE 'sent';

-- A view stands on the column: by hand it is dropped and made again, pgkeel works that out for itself.
DROP VIEW shop."open orders";
ALTER TABLE shop.customer
	ALTER "Full Name" TYPE varchar(120),
	ADD language text NOT NULL DEFAULT 'en',
	ADD born date;
CREATE VIEW shop."open orders" AS
SELECT o.id, c."Full Name", o."when"
FROM shop."order" o JOIN shop.customer c ON c.id = o.customer
WHERE o.state = 'new';

-- 63 bytes, the longest name there can be.
CREATE TABLE shop."wünsche_der_kundinnen_und_kunden_für_das_kommende_jahr_2026é" (
	customer bigint NOT NULL REFERENCES shop.customer ON DELETE CASCADE,
	"sku%s" text NOT NULL REFERENCES "Lager ""Süd"""."Größe 'XL'",
	priority smallint NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
	PRIMARY KEY (customer, "sku%s")
);

ALTER TABLE shop."order
line" ADD "total ∑" numeric(12, 2) GENERATED ALWAYS AS (quantity * price) STORED;

CREATE OR REPLACE FUNCTION shop."total of"("order" bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
	SELECT coalesce(sum(l."total ∑"), 0) FROM shop."order
line" l WHERE l."order" = $1
$$;
COMMENT ON FUNCTION shop."total of"(bigint) IS 'What an order costs; 0 where it has no lines.';
