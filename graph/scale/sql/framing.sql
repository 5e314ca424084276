-- What no slice can judge: what decisions and moved names speak of, and things of one class and name.
CREATE TABLE form AS SELECT * FROM read_csv('{forms}', {rows},
  columns = {{'kind': 'VARCHAR', 'form': 'VARCHAR', 'id': 'VARCHAR'}});
CREATE TABLE framed AS SELECT id FROM form SEMI JOIN (
    SELECT kind, form FROM form GROUP BY ALL HAVING min(id) <> max(id)) USING (kind, form)
  UNION SELECT min(id) FROM entity UNION SELECT name FROM spoken_of;
CREATE TABLE framed_line AS
  SELECT c.rowid AS line_id FROM claim c JOIN link l ON c.part * 4294967296 + c.line = l.line
    SEMI JOIN spoken_of ON name IN (l.id, 'claim/' || l.id)
  UNION SELECT c.rowid FROM claim c SEMI JOIN framed ON id = subject WHERE prop IN {placed};
INSERT INTO framed SELECT unnest([subject, object]) FROM claim SEMI JOIN framed_line ON claim.rowid = line_id;
DROP TABLE form;
