-- Shares the tables of an archive out: {size} is how many claims a slice has at least, in whole sources.
CREATE TABLE told AS
SELECT source, (dense_rank() OVER (ORDER BY reached // {size}) - 1)::INTEGER AS slice FROM (
  SELECT source, sum(n) OVER (ORDER BY source) - n AS reached FROM (
    SELECT source, sum(n) AS n FROM (
      SELECT source, 1 AS n FROM all_claim UNION ALL SELECT source, 0 FROM all_mention
    ) GROUP BY source));

CREATE TABLE claim AS SELECT slice, coalesce(name, property) AS prop, c.* FROM all_claim c
  JOIN told USING (source) LEFT JOIN property ON alias = property ORDER BY slice, part, line;
CREATE TABLE mention AS SELECT slice, m.* FROM all_mention m JOIN told USING (source) ORDER BY slice, part, line;
CREATE TABLE passage AS SELECT coalesce(slice, 0) AS slice, p.* FROM all_passage p LEFT JOIN told USING (source)
  ORDER BY slice, part, line;
CREATE TABLE entity AS SELECT * FROM all_entity ORDER BY id, part, line;
CREATE TABLE source AS SELECT * FROM all_source ORDER BY id, part, line;
DROP TABLE all_claim;
DROP TABLE all_mention;
DROP TABLE all_passage;
DROP TABLE all_entity;
DROP TABLE all_source;
CREATE TABLE thing AS SELECT id FROM entity UNION SELECT 'source/' || id FROM source;

-- What each slice names by itself.
CREATE TABLE named AS SELECT DISTINCT slice, id FROM (
  SELECT slice, unnest([subject, object]) AS id FROM claim
  UNION ALL SELECT slice, entity FROM mention
  UNION ALL SELECT slice, 'source/' || source FROM told);

-- What several slices say alike, by that in which it is alike, and which lines of others each therefore needs.
CREATE TABLE alike AS SELECT slice, rowid AS line_id, unnest([
    concat_ws(chr(31), subject, prop, object),
    CASE WHEN prop IN (SELECT name FROM property WHERE single) THEN concat_ws(chr(31), subject, prop) END,
    CASE WHEN prop IN (SELECT name FROM property WHERE sole) THEN concat_ws(chr(31), '', prop, object) END
  ]) AS what FROM claim;
CREATE TABLE several AS SELECT alike.* FROM alike SEMI JOIN (
  SELECT what FROM alike WHERE what IS NOT NULL GROUP BY what HAVING min(slice) <> max(slice)) USING (what);
DROP TABLE alike;
CREATE TABLE shadow AS SELECT DISTINCT slice, line_id FROM (
  SELECT one.slice, other.line_id FROM (SELECT DISTINCT slice, what FROM several) AS one JOIN several AS other
    USING (what) WHERE one.slice <> other.slice
  UNION ALL SELECT n.slice, c.rowid FROM named n JOIN claim c ON c.subject = n.id WHERE c.slice <> n.slice
    AND (c.prop IN (SELECT name FROM property WHERE describing) OR starts_with(c.subject, 'source/')));
DROP TABLE several;

-- What each slice has a description of, and which one describes it for all; what none names has slices of its own.
CREATE TABLE needed AS SELECT DISTINCT slice, id FROM (
  SELECT slice, id FROM named
  UNION ALL SELECT s.slice, unnest([c.subject, c.object, 'source/' || c.source]) FROM shadow s JOIN claim c
    ON c.rowid = line_id
) SEMI JOIN thing USING (id) ORDER BY slice, id;
DROP TABLE named;
CREATE TABLE owned AS SELECT id, min(slice) AS slice FROM needed SEMI JOIN entity USING (id) GROUP BY id
  ORDER BY slice, id;
INSERT INTO owned SELECT id, (SELECT coalesce(max(slice), -1) + 1 FROM told)
  + (row_number() OVER (ORDER BY id) - 1) // {size} FROM (SELECT DISTINCT id FROM entity ANTI JOIN owned USING (id));
INSERT INTO needed SELECT slice, id FROM owned ANTI JOIN needed USING (slice, id);

-- What a claim speaks of, and what a text or a record shows, anywhere.
CREATE TABLE spoken AS SELECT DISTINCT unnest([subject, object]) AS id FROM claim;
CREATE TABLE shown AS SELECT unnest([subject, object]) AS id FROM claim WHERE record <> ''
  UNION SELECT entity FROM mention;
