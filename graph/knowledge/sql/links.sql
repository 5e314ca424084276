-- The links of all slices, and what is known of things without a claim.
CREATE TABLE link AS SELECT * FROM read_csv('{links}', {rows}, columns = {{
  'slice': 'INTEGER', 'line': 'BIGINT', 'subject': 'VARCHAR', 'predicate': 'VARCHAR', 'object': 'VARCHAR',
  'id': 'VARCHAR', 'standing': 'VARCHAR', 'literal': 'BOOL', 'property': 'VARCHAR', 'asserted': 'BOOL',
  'described': 'BOOL'}});
CREATE TABLE given AS SELECT * FROM read_csv('{classes}', {rows},
  columns = {{'s': 'VARCHAR', 'p': 'VARCHAR', 'o': 'VARCHAR'}});
CREATE TABLE constant (name VARCHAR);
