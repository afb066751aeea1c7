-- Release 3: changes are logged, slots are booked, events of the next year get their partitions.

CREATE SEQUENCE shop."bill no." START 10000;

CREATE TABLE shop."log ✎" (
	no bigint GENERATED ALWAYS AS IDENTITY (START 100),
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	who name NOT NULL DEFAULT current_user,
	what text NOT NULL,
	row jsonb
);
CREATE INDEX "log ✎ by time" ON shop."log ✎" USING brin (at);

CREATE FUNCTION shop."log a change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO shop."log ✎" (what, row) VALUES (TG_OP || ' ' || TG_TABLE_NAME, to_jsonb(COALESCE(NEW, OLD)));
	RETURN NULL;
END
$$;
CREATE TRIGGER "log'; ROLLBACK; --" AFTER INSERT OR UPDATE OF state OR DELETE ON shop."order"
	FOR EACH ROW EXECUTE FUNCTION shop."log a change"();

CREATE TABLE "Lager ""Süd""".slot (
	ramp integer NOT NULL,
	during tstzrange NOT NULL,
	CONSTRAINT "one lorry a slot" EXCLUDE USING gist (int4range(ramp, ramp, '[]') WITH =, during WITH &&)
);

CREATE TABLE shop."event 2026" PARTITION OF shop.event FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')
	PARTITION BY LIST (what);
CREATE TABLE shop."event 2026 sales" PARTITION OF shop."event 2026" FOR VALUES IN ('sale', 'refund');
CREATE TABLE shop."event 2026 rest" PARTITION OF shop."event 2026" DEFAULT;
CREATE INDEX "event by day" ON shop.event (at);

-- Notes are short from now on: the development database has no longer ones.  Production has.
ALTER TABLE shop.customer ALTER note TYPE varchar(20);
