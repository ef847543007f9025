-- $1 is the moment.
UPDATE observation o SET superseded_at = $1
FROM judged j WHERE o.id = j.current_id AND j.fate IN ('revised', 'withdrawn')
