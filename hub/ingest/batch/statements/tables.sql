-- What a delivery says, what its rows mean, what becomes of each, what those of old areas come to,
-- and which checks were failed. The rows are gone with the transaction; the tables stay with the
-- connection, and the plans with them.
CREATE TEMPORARY TABLE IF NOT EXISTS arrived (
  n int NOT NULL,
  sheet text NOT NULL,
  line int NOT NULL,
  indicator text NOT NULL,
  area text NOT NULL,
  period text NOT NULL,
  facility text NOT NULL,
  disaggregation text NOT NULL,
  numerator text NOT NULL,
  denominator text NOT NULL,
  value text NOT NULL,
  version text NOT NULL,
  withdrawn text NOT NULL,
  trouble text NOT NULL,
  trouble_column text NOT NULL,
  trouble_found text NOT NULL,
  trouble_expected text NOT NULL,
  predecessor_id int,
  content jsonb
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS checked (
  n int NOT NULL,
  line int NOT NULL,
  indicator_id int,
  project_id int,
  jurisdiction_id int,
  unit text,
  area_id int,
  facility_id int,
  period_id int,
  period_start date,
  numerator bigint,
  denominator bigint,
  value numeric,
  version bigint,
  withdrawn boolean NOT NULL,
  fate text,
  trouble text,
  trouble_column text,
  candidates text[],
  predecessor_id int
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS judged (
  n int NOT NULL,
  line int NOT NULL,
  indicator_id int NOT NULL,
  project_id int NOT NULL,
  jurisdiction_id int NOT NULL,
  unit text,
  area_id int NOT NULL,
  facility_id int,
  period_id int NOT NULL,
  period_start date NOT NULL,
  numerator bigint,
  denominator bigint,
  value numeric,
  version bigint,
  withdrawn boolean NOT NULL,
  current_id uuid,
  origin_id uuid NOT NULL,
  revision int NOT NULL,
  known_version bigint,
  fate text NOT NULL,
  trouble text,
  warnings varchar[] NOT NULL,
  is_added boolean NOT NULL
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS summed (
  n int NOT NULL,
  indicator_id int NOT NULL,
  area_id int NOT NULL,
  period_id int NOT NULL,
  numerator bigint,
  denominator bigint,
  value numeric,
  version bigint,
  withdrawn boolean NOT NULL,
  adds_up boolean NOT NULL,
  stands boolean NOT NULL
) ON COMMIT DELETE ROWS;

CREATE TEMPORARY TABLE IF NOT EXISTS failed (
  n int NOT NULL,
  rule text NOT NULL,
  outcome text NOT NULL
) ON COMMIT DELETE ROWS
