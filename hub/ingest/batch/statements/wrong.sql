-- Why the one row that was to be taken was not.
SELECT trouble AS code FROM checked WHERE trouble IS NOT NULL
UNION ALL
SELECT trouble FROM judged WHERE trouble IS NOT NULL
