CREATE TABLE secret (id int, owner text);
CREATE VIEW mine WITH (security_invoker=true, security_barrier=true) AS SELECT id FROM secret WHERE id > 1;
CREATE VIEW checked AS SELECT id, owner FROM secret WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW shape WITH (security_invoker=true) AS SELECT owner, id FROM secret;
CREATE VIEW loose WITH (security_barrier=true) AS SELECT id FROM secret WITH CASCADED CHECK OPTION;
