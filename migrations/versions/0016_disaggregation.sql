CREATE TABLE disaggregation (
	indicator_id INTEGER NOT NULL, 
	code VARCHAR COLLATE "C" NOT NULL, 
	dimension VARCHAR COLLATE "C" NOT NULL, 
	name_vi VARCHAR COLLATE "C" NOT NULL, 
	name_en VARCHAR COLLATE "C", 
	name_vi_key VARCHAR COLLATE "C" GENERATED ALWAYS AS (hub_vi_key(name_vi)) STORED, 
	part_id INTEGER NOT NULL, 
	CONSTRAINT disaggregation_pkey PRIMARY KEY (indicator_id, code), 
	CONSTRAINT disaggregation_part_id_key UNIQUE (part_id), 
	CONSTRAINT disaggregation_part_check CHECK (part_id <> indicator_id), 
	CONSTRAINT disaggregation_indicator_id_fkey FOREIGN KEY(indicator_id) REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT disaggregation_part_id_fkey FOREIGN KEY(part_id) REFERENCES indicator (id) DEFERRABLE INITIALLY DEFERRED
);

ALTER TABLE disaggregation ENABLE ROW LEVEL SECURITY;

ALTER TABLE disaggregation FORCE ROW LEVEL SECURITY;

CREATE POLICY open_to_all ON disaggregation FOR SELECT TO hub_public, hub_scoped, hub_standing, hub_feed USING (true);

CREATE POLICY loading ON disaggregation FOR ALL TO hub_loader USING (true) WITH CHECK (true);

CREATE POLICY definitions ON disaggregation FOR SELECT TO hub_source USING (true);

GRANT SELECT ON disaggregation TO hub_public;

GRANT SELECT ON disaggregation TO hub_scoped;

GRANT SELECT ON disaggregation TO hub_standing;

GRANT SELECT ON disaggregation TO hub_feed;

GRANT SELECT ON disaggregation TO hub_source;

GRANT SELECT ON disaggregation TO hub_loader;

GRANT INSERT ON disaggregation TO hub_loader;

GRANT UPDATE ON disaggregation TO hub_loader;

GRANT DELETE ON disaggregation TO hub_loader;
