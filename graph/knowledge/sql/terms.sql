-- The terms in the order of their N-Triples, and the tables of graph.knowledge.joins.
CREATE TABLE term AS SELECT name, (row_number() OVER (ORDER BY name) - 1)::INTEGER AS n FROM (
  SELECT subject AS name FROM link UNION SELECT predicate FROM link UNION SELECT object FROM link WHERE NOT literal
  UNION SELECT name FROM constant UNION SELECT s FROM given UNION SELECT p FROM given UNION SELECT o FROM given);
CREATE TABLE facts (s INTEGER, p INTEGER, o INTEGER, said VARCHAR);
CREATE TABLE delta AS SELECT DISTINCT s.n AS s, p.n AS p, o.n AS o, NULL::VARCHAR AS said FROM given g
  JOIN term s ON s.name = g.s JOIN term p ON p.name = g.p JOIN term o ON o.name = g.o;
CREATE TABLE inference (s INTEGER, p INTEGER, o INTEGER, rule INTEGER, said VARCHAR, status VARCHAR, id VARCHAR);
DROP TABLE given;
