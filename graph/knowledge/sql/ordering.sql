-- The inferences in the order of their triples.
CREATE TABLE named AS SELECT s.name AS subject, p.name AS predicate, o.name AS object, rule, said, status, id
  FROM inference i JOIN term s ON s.n = i.s JOIN term p ON p.n = i.p JOIN term o ON o.n = i.o;
DROP TABLE inference;
DROP TABLE facts;
DROP TABLE delta;
DROP TABLE term;
CREATE TABLE sorted AS FROM named ORDER BY trim(subject, '<>'), trim(predicate, '<>'), object;
CREATE VIEW ordered AS SELECT rowid AS place, * FROM sorted;
DROP TABLE named;
