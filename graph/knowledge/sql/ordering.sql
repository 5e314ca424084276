-- The inferences in the order of their triples.
CREATE TABLE ordered AS
  SELECT (row_number() OVER (ORDER BY trim(s.name, '<>'), trim(p.name, '<>'), o.name) - 1)::INTEGER AS place,
    s.name AS subject, p.name AS predicate, o.name AS object, rule, said, status, id
  FROM inference i JOIN term s ON s.n = i.s JOIN term p ON p.n = i.p JOIN term o ON o.n = i.o ORDER BY place;
DROP TABLE inference;
DROP TABLE facts;
DROP TABLE delta;
DROP TABLE term;
