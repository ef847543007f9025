"""Reads are planned: a query document becomes one SQL statement whose row is the answer's bytes.

How a read travels:

1. ``documents`` parses a text, measures it against the limits and has the schema judge it;
   ``prices`` makes a formula of what the operation may cost, before anything is read.
   ``plans`` keeps the outcome, and what was planned: by document, operation and kind of reader,
   then by what of the variables the text depends on. A ``shelf`` forgets what is least used.
2. ``selection`` follows fragments, obeys directives and puts fields of one response key together;
   ``values`` reads arguments into trees whose leaves know where in the variables they come from.
3. ``compile.roots`` begins at the root fields; ``compile.rows`` makes a row a JSON object, each
   link and list a lateral join, links looked up row by row; ``compile.lists`` makes pages, with
   ``compile.listing`` for which rows, ``compile.orders`` for keysets, ``compile.branches`` for
   long ordered lists; ``compile.summaries`` adds lists up, by ``compile.measures`` of their rows;
   ``compile.conditions`` writes filters, ``compile.scalars`` values.
4. ``parameters`` fills the placeholders for each request: operands, keys that ids name, positions
   that cursors mark, keys that new cursors are sealed with.

An example. ``{ project(code: $code) { code lead { name } } }`` becomes ::

    SELECT convert_to('{"project":' || coalesce(l5.j, 'null') || '}', 'UTF8') AS data,
           ARRAY[coalesce(l5.c_Agency, 0), coalesce(l5.c_Project, 0)]::int[] AS counts,
           nullif(current_setting('hub.epoch', true), '')::bigint AS epoch
    FROM (SELECT 1) AS r
    LEFT JOIN LATERAL (
      SELECT '{"code":' || to_json(p2.code)::text
             || ',"lead":' || coalesce(l4.j, 'null') || '}' AS j,
             coalesce(l4.c_Agency, 0) AS c_Agency, 1 AS c_Project
      FROM (SELECT t1.code, t1.lead_agency_id FROM project AS t1 WHERE t1.code = $1::text
            ORDER BY t1.code ASC NULLS LAST LIMIT 1) AS p2
      LEFT JOIN LATERAL (
        SELECT '{"name":' || coalesce(to_json(t3.name_vi)::text, 'null') || '}' AS j, 1 AS c_Agency
        FROM agency AS t3 WHERE t3.id = p2.lead_agency_id LIMIT 1) AS l4 ON true
      WHERE true LIMIT 1
    ) AS l5 ON true

Nothing here filters for rights: every table is read under row-level security. JSON is written as
text, since values that are built first and printed then took two and a half times as long. Sizes
are literals, so that one kept plan fits every request of its shape. What a statement cannot answer,
and whatever is wrong with a request, is left to the resolvers: they say what and where.
"""
