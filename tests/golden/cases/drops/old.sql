CREATE TABLE shipment (id bigint PRIMARY KEY, weight numeric NOT NULL);
CREATE FUNCTION is_heavy(s shipment) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
	SELECT s.weight > 100;
END;
