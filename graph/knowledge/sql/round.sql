-- What the rules derive from what is known, which then is known too; an inference is named as graph.model.iris does.
CREATE OR REPLACE TABLE fresh AS SELECT f.s, f.p, f.o, how,
  left(sha256(concat_ws(chr(10), s.name, p.name, o.name)), 16) AS id FROM ({derived}) AS f
  JOIN term s ON s.n = f.s JOIN term p ON p.n = f.p JOIN term o ON o.n = f.o;
INSERT INTO inference SELECT s, p, o, left(how, 4)::INTEGER, how[6:], '{status}', id FROM fresh;
CREATE OR REPLACE TABLE delta AS SELECT s, p, o, 'inference/' || id AS said FROM fresh;
INSERT INTO facts FROM delta;
