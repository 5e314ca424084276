-- The slices of inferences, numbered from {first}, and what each slice needs of the inferences and claims of others.
CREATE TABLE premise AS SELECT o.place, other.place AS premise FROM (
  SELECT place, unnest(string_split(said, ' ')) AS each FROM ordered) AS o
  JOIN ordered AS other ON each = 'inference/' || other.id;
CREATE TABLE need AS WITH RECURSIVE need (slice, place) AS (
  SELECT DISTINCT place // {size}, premise FROM premise WHERE place // {size} <> premise // {size}
  UNION SELECT slice, premise FROM need JOIN premise USING (place)) FROM need;
DROP TABLE premise;
CREATE TABLE whole AS SELECT {first} + need.slice AS slice, ordered.* FROM (
  SELECT place // {size} AS slice, place FROM ordered UNION FROM need) AS need
  JOIN ordered USING (place) ORDER BY need.slice, place;
DROP TABLE need;
CREATE TABLE end_of AS SELECT DISTINCT slice, trim(name, '<>')[{base} + 1:] AS id FROM (
  SELECT slice, unnest([subject, object]) AS name FROM whole);

INSERT INTO shadow SELECT DISTINCT slice, line_id FROM (
  SELECT w.slice, c.rowid AS line_id FROM whole w JOIN link l USING (subject, predicate, object)
    JOIN claim c ON c.part * 4294967296 + c.line = l.line WHERE l.asserted AND w.status NOT IN {strong}
  UNION ALL SELECT n.slice, c.rowid FROM end_of n JOIN claim c ON c.subject = n.id
    WHERE c.prop IN (SELECT name FROM property WHERE describing));
INSERT INTO needed SELECT DISTINCT slice, id FROM (
  SELECT slice, id FROM end_of
  UNION ALL SELECT s.slice, unnest([c.subject, c.object, 'source/' || c.source]) FROM shadow s JOIN claim c
    ON c.rowid = line_id WHERE s.slice >= {first}
) SEMI JOIN thing USING (id) ORDER BY slice, id;
DROP TABLE end_of;

CREATE TABLE bearing AS SELECT found.slice, ordered.* FROM (
  SELECT l.slice, o.place FROM link l JOIN ordered o USING (subject, predicate, object) WHERE NOT l.asserted
  UNION SELECT n.slice, o.place FROM ordered o JOIN needed n ON trim(o.subject, '<>')[{base} + 1:] = n.id
    WHERE o.predicate IN {describing}
) AS found JOIN ordered USING (place) ORDER BY found.slice, place;
