-- Where the catalog is read.
SELECT d.datname,
       pg_catalog.pg_encoding_to_char(d.encoding) AS encoding,
       d.datcollate,
       d.datctype,
       pg_catalog.current_setting('server_version') AS version
  FROM pg_catalog.pg_database d
 WHERE d.datname = pg_catalog.current_database()
