-- What old areas contributed before goes on with the figure as it stands from now on. $1 is the source.
UPDATE figure_contribution k SET revision = j.revision
FROM summed u JOIN judged j ON j.n = u.n
WHERE u.stands AND j.fate IN ('new', 'revised', 'withdrawn')
  AND k.source_id = $1 AND k.origin_id = j.origin_id AND k.revision = j.revision - 1
