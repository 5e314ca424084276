-- What claims of one status say that is not known yet.
INSERT INTO delta SELECT * FROM (
  SELECT s.n AS s, p.n AS p, o.n AS o, string_agg('claim/' || id, ' ' ORDER BY line) AS said FROM link
  JOIN term s ON s.name = subject JOIN term p ON p.name = predicate JOIN term o ON o.name = object
  WHERE standing = '{status}' AND NOT literal GROUP BY s.n, p.n, o.n
) ANTI JOIN facts USING (s, p, o) ANTI JOIN delta USING (s, p, o);
