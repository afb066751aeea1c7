CREATE FOREIGN DATA WRAPPER w OPTIONS (b '3', c 'it''s');
CREATE SERVER s VERSION '2' FOREIGN DATA WRAPPER w OPTIONS (host 'b', extra 'x=y');
CREATE SERVER fresh FOREIGN DATA WRAPPER w OPTIONS (api_key 'sesame', host 'c');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'v', password 'sesame');
CREATE FOREIGN TABLE public.f (a integer OPTIONS (n 'y'), b text OPTIONS (m 'z') COLLATE "C" DEFAULT 'q', CHECK (a > 0)) SERVER s OPTIONS (t '2');
CREATE FOREIGN TABLE public."new one" (a integer OPTIONS (n 'x') NOT NULL, CONSTRAINT c CHECK (a > 1)) SERVER fresh;
CREATE SERVER narrow TYPE 'two' FOREIGN DATA WRAPPER w;
