CREATE TABLE figure_contribution (
  source_id INTEGER NOT NULL,
  origin_id UUID NOT NULL,
  predecessor_id INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  numerator BIGINT,
  denominator BIGINT,
  value NUMERIC,
  is_withdrawn BOOLEAN NOT NULL,
  version BIGINT,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT figure_contribution_pkey PRIMARY KEY (source_id, origin_id, predecessor_id),
  CONSTRAINT figure_contribution_source_id_fkey FOREIGN KEY(source_id) REFERENCES data_source (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT figure_contribution_predecessor_id_fkey FOREIGN KEY(predecessor_id) REFERENCES area (id) DEFERRABLE INITIALLY DEFERRED
);

ALTER TABLE figure_contribution ENABLE ROW LEVEL SECURITY;

ALTER TABLE figure_contribution FORCE ROW LEVEL SECURITY;

CREATE POLICY own_rows ON figure_contribution FOR ALL TO hub_source USING (source_id = (SELECT hub_source_id())) WITH CHECK (source_id = (SELECT hub_source_id()));

GRANT SELECT ON figure_contribution TO hub_source;

GRANT INSERT ON figure_contribution TO hub_source;

GRANT UPDATE (revision, numerator, denominator, value, is_withdrawn, version, received_at) ON figure_contribution TO hub_source;
