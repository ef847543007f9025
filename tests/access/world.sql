-- Figures in every state from every kind of unit, and of every other table rows that some see.
-- Codes begin "thu."; {ward} and {other} are two wards.

INSERT INTO project (code, node_type, is_national, programme_id, jurisdiction_id,
                     national_project_id, name_vi)
SELECT v.code, 'project', false, p.id, p.jurisdiction_id, n.id, 'Thử'
FROM (VALUES
  ('ct.ctmtqg-2030.da5', 'ct.ctmtqg-2030', 'ctmtqg-2030.da5'),
  ('na.ctpcmt-2020.trang-bi-csdt', 'na.ctpcmt-2020', 'ctpcmt-2020.trang-bi-csdt')
) AS v (code, programme, node)
JOIN programme p ON p.code = v.programme
JOIN project n ON n.code = v.node;

INSERT INTO area (code, valid_from, jurisdiction_id, level, type, name, short_name)
SELECT 'thu.' || code, '2025-07-01', id, 'city', 'thanh-pho', name_vi, name_vi
FROM jurisdiction WHERE code IN ('ct', 'na', 'qb');

INSERT INTO agency (code, name_vi, kind, level, jurisdiction_id)
SELECT 'thu.co-so', 'Cơ sở thử', 'service_unit', 'city', id FROM jurisdiction WHERE code = 'hn';

INSERT INTO account (issuer, subject, kind, agency_id)
SELECT 'hub:development', code, 'person', id FROM agency WHERE code = 'thu.co-so';

CREATE TEMPORARY TABLE place AS
SELECT p.id AS project_id, p.code AS project, p.programme_id, p.jurisdiction_id,
       p.national_project_id, j.code AS jurisdiction
FROM project p JOIN jurisdiction j ON j.id = p.jurisdiction_id WHERE NOT p.is_national;

INSERT INTO indicator (code, jurisdiction_id, programme_id, project_id, national_project_id,
                       name_vi, target_kind, aggregation)
SELECT 'thu.' || project, jurisdiction_id, programme_id, project_id, national_project_id,
       'Thử', 'quantified', 'sum'
FROM place;

CREATE TEMPORARY TABLE spot AS
SELECT v.jurisdiction, v.area, a.id AS area_id, g.code AS agency, g.id AS agency_id
FROM (VALUES
  ('hn', '{ward}', true, 'hn.ubnd-cap-xa.{ward}'),
  ('hn', '{ward}', true, 'hn.cong-an-cap-xa.{ward}'),
  ('hn', '{ward}', true, 'hn.so-y-te'),
  ('hn', '{ward}', true, 'hn.so-tai-chinh'),
  ('hn', '{ward}', true, 'hn.so-cong-thuong'),
  ('hn', '{other}', true, 'hn.ubnd-cap-xa.{other}'),
  ('hn', '{other}', true, 'hn.ubnd-cap-xa.{ward}'),
  ('hn', '{other}', true, 'hn.mttq'),
  ('hn', '{other}', false, 'hn.cong-an'),
  ('hn', '00016', false, 'hn.cong-an'),
  ('hn', '01', true, 'hn.cong-an'),
  ('hn', '01', true, 'hn.ubnd'),
  ('ct', 'thu.ct', true, 'ct.cong-an'),
  ('ct', 'thu.ct', true, 'hn.cong-an'),
  ('na', 'thu.na', true, 'na.cong-an'),
  ('qb', 'thu.qb', true, 'qb.bcd-138')
) AS v (jurisdiction, area, is_in_force, agency)
JOIN area a ON a.code = v.area AND (a.valid_to IS NULL) = v.is_in_force
JOIN agency g ON g.code = v.agency;

INSERT INTO facility_type (code, name_vi, category) VALUES ('thu.loai', 'Loại thử', 'health');

-- The first is kept by the ward, the second stands there and is kept by whoever runs it.
INSERT INTO facility (code, name_vi, facility_type_id, jurisdiction_id, project_id, managed_by_id,
                      area_id, reporting_area_id, status)
SELECT 'thu.' || project || v.suffix, 'Cơ sở thử', t.id, place.jurisdiction_id, project_id, g.id,
       a.id, CASE WHEN v.is_kept THEN a.id END, 'operating'
FROM place
JOIN (VALUES
  ('hn', '.tram', '{ward}', 'hn.ubnd-cap-xa.{ward}', true),
  ('hn', '.co-so', '{ward}', 'thu.co-so', false),
  ('hn', '.tram-khac', '{other}', 'hn.ubnd-cap-xa.{other}', true),
  ('ct', '.co-so', 'thu.ct', 'ct.cong-an', false),
  ('na', '.co-so', 'thu.na', 'na.cong-an', false),
  ('qb', '.co-so', 'thu.qb', 'qb.bcd-138', false)
) AS v (jurisdiction, suffix, area, operator, is_kept) USING (jurisdiction)
JOIN facility_type t ON t.code = 'thu.loai'
JOIN area a ON a.code = v.area AND a.valid_to IS NULL
JOIN agency g ON g.code = v.operator;

INSERT INTO facility_condition (code, facility_id, criterion_vi, is_met)
SELECT code || '.dk', id, 'Điều kiện thử', true FROM facility WHERE code LIKE 'thu.%';

INSERT INTO eligibility (code, facility_id, project_id, jurisdiction_id, reporting_area_id)
SELECT code || '.du', id, project_id, jurisdiction_id, reporting_area_id
FROM facility WHERE code LIKE 'thu.%';

CREATE TEMPORARY TABLE state AS
SELECT s.status, m.id AS period_id, m.starts_on
FROM unnest('{{draft,submitted,returned,approved,accepted,published}}'::text[])
  WITH ORDINALITY AS s (status, month)
JOIN period m ON m.calendar = 'calendar' AND m.label = '2025-' || lpad(s.month::text, 2, '0');

INSERT INTO observation (origin_id, jurisdiction_id, project_id, indicator_id, area_id, facility_id,
                         agency_id, period_id, period_start, value, status, revision, recorded_at,
                         source)
SELECT gen_random_uuid(), i.jurisdiction_id, i.project_id, i.id, w.area_id, w.facility_id,
       w.agency_id, state.period_id, state.starts_on, row_number() OVER (), state.status, 1,
       '2026-01-05', 'thu.nguon'
FROM indicator i
JOIN (
  SELECT place.project_id, spot.area_id, NULL::int AS facility_id, spot.agency_id
  FROM place JOIN spot USING (jurisdiction)
  UNION ALL
  SELECT f.project_id, f.area_id, f.id, f.managed_by_id FROM facility f WHERE f.code LIKE 'thu.%'
  UNION ALL
  SELECT f.project_id, f.area_id, f.id, g.id FROM facility f, agency g
  WHERE f.code LIKE 'thu.hn%.co-so' AND g.code = 'hn.cong-an'
) AS w ON w.project_id = i.project_id
CROSS JOIN state
WHERE i.code LIKE 'thu.%';

INSERT INTO observation (origin_id, jurisdiction_id, project_id, indicator_id, area_id, agency_id,
                         period_id, period_start, value, status, revision, recorded_at,
                         superseded_at, source)
SELECT md5(i.code)::uuid, i.jurisdiction_id, i.project_id, i.id, spot.area_id, spot.agency_id,
       m.id, m.starts_on, s.revision, s.status, s.revision,
       '2026-01-05'::timestamptz + s.revision * '1 day'::interval,
       CASE WHEN s.revision < 3 THEN '2026-01-06'::timestamptz + s.revision * '1 day'::interval END,
       'thu.nguon'
FROM indicator i
JOIN spot ON spot.agency = 'hn.ubnd-cap-xa.{ward}' AND spot.area = '{ward}'
CROSS JOIN unnest('{{accepted,submitted,draft}}'::text[]) WITH ORDINALITY AS s (status, revision)
JOIN period m ON m.calendar = 'calendar' AND m.label = '2025-07'
WHERE i.code LIKE 'thu.hn%';

-- One figure of every ward in the projects that wards carry out.
INSERT INTO indicator (code, jurisdiction_id, programme_id, project_id, national_project_id,
                       name_vi, target_kind, aggregation)
SELECT 'thu.phuong.' || project, jurisdiction_id, programme_id, project_id, national_project_id,
       'Thử mọi phường', 'quantified', 'sum'
FROM place WHERE project IN ('hn.ctmtqg-2030.da5', 'hn.ctmtqg-2030.da6', 'hn.ctmtqg-2030.da7.tda4');

INSERT INTO observation (origin_id, jurisdiction_id, project_id, indicator_id, area_id, agency_id,
                         period_id, period_start, value, status, revision, recorded_at, source)
SELECT gen_random_uuid(), i.jurisdiction_id, i.project_id, i.id, a.id, g.id, m.id, m.starts_on,
       1, 'submitted', 1, '2026-01-05', 'thu.nguon'
FROM indicator i
JOIN area a ON a.level = 'ward' AND a.valid_to IS NULL
JOIN agency g ON g.code = 'hn.ubnd-cap-xa.' || a.code
JOIN period m ON m.calendar = 'calendar' AND m.label = '2025-08'
WHERE i.code LIKE 'thu.phuong.%';

INSERT INTO task (code, jurisdiction_id, programme_id, project_id, national_project_id, agency_id,
                  mode, kind, description_vi)
SELECT 'thu.' || w.code || coalesce('.' || v.agency, ''), w.jurisdiction_id, w.programme_id,
       w.project_id, w.national_project_id, g.id, 'assigned', 'duty', 'Việc thử'
FROM (
  SELECT project AS code, jurisdiction_id, programme_id, project_id, national_project_id FROM place
  UNION ALL
  SELECT code, jurisdiction_id, id, NULL, NULL FROM programme WHERE scope = 'local'
) AS w
CROSS JOIN (VALUES (NULL), ('hn.so-cong-thuong'), ('hn.ubnd-cap-xa'), ('hn.ubnd-cap-xa.{ward}'),
                   ('ct.so-y-te')) AS v (agency)
LEFT JOIN agency g ON g.code = v.agency;

INSERT INTO task_partner (task_id, agency_id)
SELECT t.id, g.id FROM task t, agency g WHERE t.code LIKE 'thu.%' AND g.code = 'hn.so-noi-vu';

INSERT INTO task_indicator (task_id, indicator_id)
SELECT t.id, i.id FROM task t JOIN indicator i USING (project_id)
WHERE t.code LIKE 'thu.%' AND i.code LIKE 'thu.%' AND i.code NOT LIKE 'thu.phuong.%';

INSERT INTO task_document (task_id, document_id)
SELECT t.id, d.id FROM task t, document d WHERE t.code LIKE 'thu.%' AND d.code = 'hn.kh-da5';

INSERT INTO task_progress (code, task_id, agency_id, status, reported_on)
SELECT t.code || '.' || g.code, t.id, g.id, 'in_progress', '2026-01-05'
FROM task t JOIN agency g
  ON g.code IN ('hn.ubnd-cap-xa.{ward}', 'hn.ubnd-cap-xa.{other}', 'hn.so-cong-thuong')
WHERE t.code LIKE 'thu.%';

INSERT INTO reporting_regime (code, name_vi, calendar) VALUES ('thu.che-do', 'Thử', 'calendar');

INSERT INTO reporting_duty (code, jurisdiction_id, programme_id, project_id, reporter_id, kind,
                            subject_vi)
SELECT 'thu.' || project, place.jurisdiction_id, programme_id, project_id, g.id,
       'periodic_report', 'Thử'
FROM place JOIN agency g ON g.code = 'hn.so-y-te';

INSERT INTO reporting_duty_document (duty_id, document_id)
SELECT r.id, d.id FROM reporting_duty r, document d
WHERE r.code LIKE 'thu.%' AND d.code = 'hn.kh-da5';

INSERT INTO funding_source (code, name_vi, kind, jurisdiction_id)
SELECT 'thu.nguon', 'Nguồn thử', 'state_budget', id FROM jurisdiction WHERE code = 'hn';

INSERT INTO funding_source_manager (funding_source_id, agency_id)
SELECT f.id, g.id FROM funding_source f, agency g
WHERE f.code = 'thu.nguon' AND g.code = 'hn.so-tai-chinh';

INSERT INTO funding_source_document (funding_source_id, document_id)
SELECT f.id, d.id FROM funding_source f, document d
WHERE f.code = 'thu.nguon' AND d.code = 'hn.kh-da5';

INSERT INTO report_form (code, name_vi, regime_id, jurisdiction_id, programme_id, project_id,
                         period_kind, subject, filled_by_id, due_days, grace_days, valid_from)
SELECT 'thu.' || project, 'Biểu thử', r.id, place.jurisdiction_id, programme_id, project_id,
       'month', 'area', g.id, 2, 10, '2026-01-01'
FROM place JOIN reporting_regime r ON r.code = 'thu.che-do'
JOIN agency g ON g.code = 'hn.so-cong-thuong';

INSERT INTO form_cell (form_id, indicator_id, position)
SELECT f.id, i.id, 1 FROM report_form f JOIN indicator i USING (project_id)
WHERE f.code LIKE 'thu.%' AND i.code = f.code;

CREATE TEMPORARY TABLE site AS
SELECT place.*, v.suffix, a.id AS within_id
FROM place
JOIN (VALUES ('.chung', NULL), ('.phuong', '{ward}'), ('.phuong-khac', '{other}')) AS v (suffix, area)
  ON v.area IS NULL OR place.jurisdiction = 'hn'
LEFT JOIN area a ON a.code = v.area AND a.valid_to IS NULL;

INSERT INTO budget_line (code, jurisdiction_id, project_id, agency_id, area_id, funding_source_id,
                         year, kind, planned)
SELECT 'thu.' || project || suffix, site.jurisdiction_id, site.project_id, g.id, within_id, f.id,
       2026, 'recurrent', 1000
FROM site JOIN agency g ON g.code = 'hn.so-cong-thuong'
JOIN funding_source f ON f.code = 'thu.nguon';

INSERT INTO training (code, name_vi, jurisdiction_id, project_id, agency_id, area_id, audience,
                      certificate)
SELECT 'thu.' || project || suffix, 'Lớp thử', site.jurisdiction_id, project_id, g.id, within_id,
       'manager', 'none'
FROM site JOIN agency g ON g.code = 'hn.so-cong-thuong';

INSERT INTO area_status (code, jurisdiction_id, project_id, area_id, year, status, stage, ruleset)
SELECT 'thu.' || project || suffix || '.' || s.stage, jurisdiction_id, project_id,
       coalesce(within_id, (SELECT id FROM area WHERE code = '01' AND level = 'city')), 2026,
       'drug_free', s.stage, project || suffix || s.stage
FROM site CROSS JOIN unnest('{{registered,assessed,recognised}}'::text[]) AS s (stage);

INSERT INTO area_status_evidence (area_status_id, criterion, found)
SELECT id, 'Tiêu chí thử', 'Thử' FROM area_status WHERE code LIKE 'thu.%';

INSERT INTO submission (form_id, jurisdiction_id, project_id, agency_id, area_id, period_id,
                        period_start, opens_on, due_on, closes_on, phase, status)
SELECT f.id, site.jurisdiction_id, site.project_id, g.id, within_id, m.id, m.starts_on,
       '2026-02-01', '2026-02-02', '2026-02-12', 'closed', s.status
FROM site JOIN report_form f ON f.code = 'thu.' || project
CROSS JOIN (VALUES ('expected', '2026-01'), ('draft', '2026-02'), ('submitted', '2026-03'),
                   ('accepted', '2026-04')) AS s (status, label)
JOIN period m ON m.calendar = 'calendar' AND m.label = s.label
JOIN agency g ON g.code = CASE suffix WHEN '.chung' THEN 'hn.so-cong-thuong'
  WHEN '.phuong' THEN 'hn.ubnd-cap-xa.{ward}' ELSE 'hn.ubnd-cap-xa.{other}' END;

INSERT INTO pilot_model (code, name_vi, jurisdiction_id, project_id, area_id, agency_id, phase)
SELECT 'thu.' || project || suffix, 'Mô hình thử', site.jurisdiction_id, project_id, within_id, g.id,
       'pilot'
FROM site JOIN agency g ON g.code = 'hn.so-cong-thuong';

INSERT INTO review (code, name_vi, jurisdiction_id, project_id, agency_id, kind)
SELECT 'thu.' || project || '.' || g.code, 'Kiểm tra thử', place.jurisdiction_id, project_id, g.id,
       'inspection'
FROM place JOIN agency g ON g.code IN (jurisdiction || '.cong-an', 'hn.so-noi-vu');

INSERT INTO finding (code, review_id, jurisdiction_id, project_id, area_id, agency_id, kind,
                     statement, issued_on)
SELECT r.code || site.suffix || coalesce('.' || g.code, '') || coalesce('.' || v.issued_on, ''),
       r.id, r.jurisdiction_id, r.project_id, site.within_id, g.id, 'weakness', 'Thử',
       v.issued_on::date
FROM review r JOIN site USING (project_id)
CROSS JOIN (VALUES (NULL), ('2026-01-05')) AS v (issued_on)
LEFT JOIN agency g ON site.suffix <> '.phuong-khac'
  AND g.code = CASE site.suffix WHEN '.chung' THEN 'hn.dai-ptth' ELSE 'hn.ubnd-cap-xa.{ward}' END
WHERE r.code LIKE 'thu.%.cong-an' OR v.issued_on IS NULL;

INSERT INTO finding (code, review_id, jurisdiction_id, project_id, agency_id, kind, statement)
SELECT r.code || '.so-y-te', r.id, r.jurisdiction_id, r.project_id, g.id, 'weakness', 'Thử'
FROM review r JOIN agency g ON g.code = 'hn.so-y-te' WHERE r.code LIKE 'thu.hn.%.cong-an';

INSERT INTO data_source (code, name_vi, jurisdiction_id, owner_id, kind)
SELECT 'thu.' || g.code, 'Nguồn thử', g.jurisdiction_id, g.id, 'workbook' FROM agency g
WHERE g.code IN ('hn.so-y-te', 'hn.cong-an', 'hn.ubnd-cap-xa.{ward}', 'ct.cong-an', 'na.cong-an');

INSERT INTO source_right (source_id, indicator_id)
SELECT d.id, i.id FROM data_source d JOIN indicator i USING (jurisdiction_id)
WHERE d.code LIKE 'thu.%' AND i.code LIKE 'thu.%';

INSERT INTO source_term (source_id, kind, term, code)
SELECT id, 'area', 'Nơi thử', '{ward}' FROM data_source WHERE code LIKE 'thu.%';

INSERT INTO source_share (source_id, predecessor_id, successor_id, share)
SELECT d.id, min(a.id), max(a.id), 1 FROM data_source d JOIN area a USING (jurisdiction_id)
GROUP BY d.id;

INSERT INTO source_checkpoint (source_id, name, state)
SELECT id, 'page', '{{}}' FROM data_source WHERE code LIKE 'thu.%';

INSERT INTO figure_version (source_id, origin_id, version)
SELECT id, gen_random_uuid(), 1 FROM data_source WHERE code LIKE 'thu.%';

INSERT INTO quality_check (code, rule, outcome) VALUES ('thu.bounds', 'bounds', 'warn');

INSERT INTO batch (source_id, agency_id, jurisdiction_id, channel, format, digest, size_bytes,
                   mapping_version, enters_as, status)
SELECT id, owner_id, jurisdiction_id, 'push', 'csv', repeat('0', 64), 1, 1, 'submitted', 'done'
FROM data_source WHERE code LIKE 'thu.%';

INSERT INTO batch_row (batch_id, agency_id, jurisdiction_id, line, code, outcome)
SELECT id, agency_id, jurisdiction_id, 2, 'THU', 'rejected' FROM batch;

INSERT INTO notice (agency_id, kind, reason)
SELECT id, 'break_glass', 'Thử' FROM agency
WHERE code IN ('hn.so-y-te', 'hn.cong-an', 'hn.ubnd-cap-xa.{ward}', 'vn.bo-cong-an');

INSERT INTO audit_entry (sequence, id, at, event, channel, outcome, agency, agency_id,
                         jurisdiction_id, version, previous, hash)
SELECT row_number() OVER (), gen_random_uuid(), now(), 'operation', 'http', 'answered', g.code, g.id,
       g.jurisdiction_id, 'thu', '', ''
FROM (VALUES ('hn.so-y-te'), ('hn.cong-an'), ('hn.ubnd-cap-xa.{ward}'), ('hn.dai-ptth'),
             ('ct.cong-an'), ('vn.bo-cong-an'), (NULL)) AS v (code)
LEFT JOIN agency g USING (code);

INSERT INTO audit_head (sequence, hash, signed_at, key, signature) VALUES (1, '', now(), '', '');

INSERT INTO glossary_term (code, term_vi, category) VALUES ('thu.tu', 'Thử', 'system');

DROP TABLE place, spot, state, site;

INSERT INTO disaggregation (indicator_id, code, dimension, name_vi, part_id)
SELECT t.id, 'tai-nghien', 'tinh-trang', 'Tái nghiện', p.id
FROM indicator t, indicator p
WHERE t.code = 'hn.da5.so-nguoi-nghien' AND p.code = 'hn.da5.so-nguoi-tai-nghien';
