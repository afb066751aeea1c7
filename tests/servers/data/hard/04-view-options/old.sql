CREATE TABLE secret (id int, owner text);
INSERT INTO secret VALUES (1, 'a'), (2, 'b');
CREATE VIEW mine WITH (security_invoker=true, security_barrier=true) AS SELECT id FROM secret;
CREATE VIEW checked AS SELECT id FROM secret WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW shape WITH (security_invoker=true) AS SELECT id, owner FROM secret;
CREATE VIEW loose AS SELECT id FROM secret;
