DO $do$ BEGIN CREATE ROLE hub_clerk LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$;

ALTER ROLE hub_clerk SET jit = off;

GRANT USAGE ON SCHEMA public TO hub_clerk;

DO $do$ BEGIN CREATE ROLE hub_auditor LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$;

ALTER ROLE hub_auditor SET jit = off;

GRANT USAGE ON SCHEMA public TO hub_auditor;

CREATE TABLE audit_entry (
	sequence BIGINT NOT NULL, 
	id UUID NOT NULL, 
	at TIMESTAMP WITH TIME ZONE NOT NULL, 
	event VARCHAR COLLATE "C" NOT NULL CONSTRAINT audit_entry_event_check CHECK (event IN ('operation', 'act', 'export', 'refusal', 'gap')), 
	channel VARCHAR COLLATE "C" NOT NULL CONSTRAINT audit_entry_channel_check CHECK (channel IN ('http', 'export', 'cli', 'job')), 
	outcome VARCHAR COLLATE "C" NOT NULL CONSTRAINT audit_entry_outcome_check CHECK (outcome IN ('begun', 'answered', 'partial', 'refused', 'broken')), 
	account_id INTEGER, 
	account VARCHAR COLLATE "C", 
	account_kind VARCHAR COLLATE "C" CONSTRAINT audit_entry_account_kind_check CHECK (account_kind IN ('person', 'machine', 'feed')), 
	agency VARCHAR COLLATE "C", 
	agency_id INTEGER, 
	jurisdiction_id INTEGER, 
	client VARCHAR COLLATE "C", 
	source VARCHAR COLLATE "C", 
	request_id VARCHAR COLLATE "C", 
	operation VARCHAR COLLATE "C", 
	document VARCHAR COLLATE "C", 
	trusted VARCHAR COLLATE "C", 
	variables VARCHAR COLLATE "C", 
	target VARCHAR COLLATE "C", 
	codes VARCHAR[] COLLATE "C" DEFAULT '{}' NOT NULL, 
	reason VARCHAR COLLATE "C", 
	row_types VARCHAR[] COLLATE "C" DEFAULT '{}' NOT NULL, 
	row_counts INTEGER[] DEFAULT '{}' NOT NULL, 
	duration_us INTEGER, 
	version VARCHAR COLLATE "C" NOT NULL, 
	previous BYTEA NOT NULL, 
	hash BYTEA NOT NULL, 
	CONSTRAINT audit_entry_pkey PRIMARY KEY (sequence), 
	CONSTRAINT audit_entry_id_key UNIQUE (id)
);

CREATE INDEX audit_entry_jurisdiction_id_at_idx ON audit_entry (jurisdiction_id, at);

CREATE INDEX audit_entry_agency_id_at_idx ON audit_entry (agency_id, at);

CREATE INDEX audit_entry_at_idx ON audit_entry (at);

CREATE TABLE audit_head (
	sequence BIGINT NOT NULL, 
	hash BYTEA NOT NULL, 
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL, 
	key BYTEA NOT NULL, 
	signature BYTEA NOT NULL, 
	CONSTRAINT audit_head_pkey PRIMARY KEY (sequence)
);

CREATE FUNCTION hub_audited_places() RETURNS int[] LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT coalesce(array_agg(DISTINCT j.id), '{}')
  FROM access_grant g
  JOIN jurisdiction j ON g.jurisdiction_id IS NULL OR j.id = g.jurisdiction_id
  WHERE g.holder_id = hub_agency_id() AND g.programme_id IS NULL AND g.project_id IS NULL
    AND g.area_scope = 'all' AND 'audit' = ANY (g.data_classes)
    AND 'read' = ANY (g.capabilities) AND g.states = '{}' AND (valid_from IS NULL OR valid_from <= now()) AND (valid_until IS NULL OR valid_until > now());
END;

CREATE FUNCTION hub_keep_trail() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
  RAISE EXCEPTION 'the audit trail is only ever added to'
    USING ERRCODE = 'restrict_violation';
END
$fn$;

CREATE TRIGGER the_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION hub_keep_trail();

CREATE TRIGGER the_trail_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head
FOR EACH STATEMENT EXECUTE FUNCTION hub_keep_trail();

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;

ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;

DROP POLICY known_to_all ON access_epoch;

CREATE POLICY known_to_all ON access_epoch FOR SELECT TO hub_public, hub_scoped, hub_standing, hub_feed, hub_gate, hub_clerk, hub_auditor USING (true);

CREATE POLICY nothing ON audit_entry FOR SELECT TO hub_public USING (false);

CREATE POLICY own_trail ON audit_entry FOR SELECT TO hub_scoped, hub_feed USING (agency_id = (SELECT hub_agency_id()) OR jurisdiction_id = ANY ((SELECT hub_audited_places())::int[]));

CREATE POLICY of_the_jurisdiction ON audit_entry FOR SELECT TO hub_standing USING (jurisdiction_id = ANY ((SELECT hub_standing_jurisdictions())::int[]) OR (agency_id IS NULL AND cardinality((SELECT hub_standing_jurisdictions())) > 0) OR agency_id = (SELECT hub_agency_id()) OR jurisdiction_id = ANY ((SELECT hub_audited_places())::int[]));

CREATE POLICY keeping ON audit_entry FOR INSERT TO hub_clerk, hub_loader WITH CHECK (true);

CREATE POLICY own_acts ON audit_entry FOR INSERT TO hub_registrar WITH CHECK (event = 'act' AND account_id = (SELECT hub_account_id()));

CREATE POLICY continuing ON audit_entry FOR SELECT TO hub_clerk, hub_loader, hub_registrar USING (true);

CREATE POLICY nothing ON audit_head FOR SELECT TO hub_public, hub_scoped, hub_feed USING (false);

CREATE POLICY of_the_jurisdiction ON audit_head FOR SELECT TO hub_standing USING (cardinality((SELECT hub_standing_jurisdictions())) > 0);

CREATE POLICY signing ON audit_head FOR INSERT TO hub_clerk WITH CHECK (true);

CREATE POLICY continuing ON audit_head FOR SELECT TO hub_clerk USING (true);

CREATE POLICY checking ON audit_entry FOR SELECT TO hub_auditor USING (true);

CREATE POLICY checking ON audit_head FOR SELECT TO hub_auditor USING (true);

CREATE POLICY of_entries ON agency FOR SELECT TO hub_clerk USING (true);

CREATE POLICY of_entries ON account FOR SELECT TO hub_clerk USING (true);

CREATE POLICY nothing ON account FOR SELECT TO hub_auditor USING (false);

GRANT SELECT ON access_epoch TO hub_clerk;

GRANT SELECT ON access_epoch TO hub_auditor;

GRANT SELECT ON audit_entry TO hub_public;

GRANT SELECT ON audit_entry TO hub_scoped;

GRANT SELECT ON audit_entry TO hub_standing;

GRANT SELECT ON audit_entry TO hub_feed;

GRANT SELECT ON audit_entry TO hub_auditor;

GRANT SELECT ON audit_head TO hub_public;

GRANT SELECT ON audit_head TO hub_scoped;

GRANT SELECT ON audit_head TO hub_standing;

GRANT SELECT ON audit_head TO hub_feed;

GRANT SELECT ON audit_head TO hub_auditor;

GRANT INSERT ON audit_entry TO hub_clerk;

GRANT SELECT (sequence, id, hash) ON audit_entry TO hub_clerk;

GRANT INSERT ON audit_entry TO hub_loader;

GRANT SELECT (sequence, id, hash) ON audit_entry TO hub_loader;

GRANT INSERT ON audit_entry TO hub_registrar;

GRANT SELECT (sequence, id, hash) ON audit_entry TO hub_registrar;

GRANT INSERT ON audit_head TO hub_clerk;

GRANT SELECT ON audit_head TO hub_clerk;

GRANT SELECT (id, code, jurisdiction_id) ON agency TO hub_clerk;

GRANT SELECT (id, handle, kind, agency_id, suspended_at) ON account TO hub_clerk;

GRANT SELECT (id, agency_id, suspended_at) ON account TO hub_auditor;

GRANT SELECT (is_break_glass) ON access_grant TO hub_gate;
