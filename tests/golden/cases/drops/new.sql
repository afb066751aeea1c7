CREATE TABLE shipment (id bigint PRIMARY KEY, weight numeric NOT NULL, packed_on date DEFAULT CURRENT_DATE);
