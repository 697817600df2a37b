-- Telemetry tables. Each carries host_id in its primary key, so that
-- create_distributed_table(..., 'host_id') of Citus works on every one of them unchanged.

-- One row per (host, entity, tick): the values by catalogue ordinal, null where missing, trailing nulls cut off.
-- Hour partitions; the default partition takes what comes for an hour that has none (late, or ahead of time).
CREATE TABLE samples (
    host_id integer NOT NULL,
    entity_id integer NOT NULL,
    at timestamptz NOT NULL,
    catalogue_version smallint NOT NULL,
    readings real[] NOT NULL,
    CONSTRAINT samples_pkey PRIMARY KEY (host_id, entity_id, at)
) PARTITION BY RANGE (at);
ALTER TABLE samples ALTER COLUMN readings SET STORAGE EXTERNAL;
CREATE TABLE samples_default PARTITION OF samples DEFAULT;

-- A compacted hour of one metric of one entity; metric -1 holds the times of the rows.
CREATE TABLE sample_blocks (
    host_id integer NOT NULL,
    entity_id integer NOT NULL,
    metric smallint NOT NULL,
    hour timestamptz NOT NULL,
    catalogue_version smallint NOT NULL,
    payload bytea NOT NULL,
    CONSTRAINT sample_blocks_pkey PRIMARY KEY (host_id, entity_id, metric, hour)
) PARTITION BY RANGE (hour);
ALTER TABLE sample_blocks ALTER COLUMN payload SET STORAGE EXTERNAL;
CREATE TABLE sample_blocks_default PARTITION OF sample_blocks DEFAULT;

-- Roll-ups of hours that are not compacted yet: 10 s and 1 min. For a state metric "mean" holds its last value.
CREATE TABLE rollups (
    host_id integer NOT NULL,
    entity_id integer NOT NULL,
    resolution_seconds smallint NOT NULL,
    at timestamptz NOT NULL,
    catalogue_version smallint NOT NULL,
    minimum real[] NOT NULL,
    maximum real[] NOT NULL,
    mean real[] NOT NULL,
    count integer[] NOT NULL,
    CONSTRAINT rollups_pkey PRIMARY KEY (host_id, entity_id, resolution_seconds, at)
) PARTITION BY RANGE (at);
CREATE TABLE rollups_default PARTITION OF rollups DEFAULT;

-- The 10 s and 1 min roll-ups of one metric over a compacted hour.
CREATE TABLE rollup_blocks (
    host_id integer NOT NULL,
    entity_id integer NOT NULL,
    metric smallint NOT NULL,
    resolution_seconds smallint NOT NULL,
    hour timestamptz NOT NULL,
    catalogue_version smallint NOT NULL,
    payload bytea NOT NULL,
    CONSTRAINT rollup_blocks_pkey PRIMARY KEY (host_id, entity_id, metric, resolution_seconds, hour)
) PARTITION BY RANGE (hour);
ALTER TABLE rollup_blocks ALTER COLUMN payload SET STORAGE EXTERNAL;
CREATE TABLE rollup_blocks_default PARTITION OF rollup_blocks DEFAULT;

-- One row per (host, entity, hour), made when the hour closes.
CREATE TABLE rollup_hours (
    host_id integer NOT NULL,
    entity_id integer NOT NULL,
    at timestamptz NOT NULL,
    catalogue_version smallint NOT NULL,
    minimum real[] NOT NULL,
    maximum real[] NOT NULL,
    mean real[] NOT NULL,
    count integer[] NOT NULL,
    CONSTRAINT rollup_hours_pkey PRIMARY KEY (host_id, entity_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE rollup_hours_default PARTITION OF rollup_hours DEFAULT;

-- Minutes whose roll-ups no longer agree with the samples.
CREATE TABLE pending_minutes (
    host_id integer NOT NULL,
    minute timestamptz NOT NULL,
    CONSTRAINT pending_minutes_pkey PRIMARY KEY (host_id, minute)
);

CREATE TABLE compacted_hours (
    host_id integer NOT NULL,
    hour timestamptz NOT NULL,
    compacted_at timestamptz NOT NULL,
    row_count bigint NOT NULL,
    sample_count bigint NOT NULL,
    CONSTRAINT compacted_hours_pkey PRIMARY KEY (host_id, hour)
);

-- Two rows for the same instant become one: a new value wins, a missing one keeps the old.
CREATE FUNCTION merge_readings(old real[], new real[]) RETURNS real[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(coalesce(new[i], old[i]) ORDER BY i), '{}')
    FROM generate_series(1, greatest(cardinality(old), cardinality(new))) AS i
$$;

CREATE AGGREGATE merge_readings_all(real[]) (SFUNC = merge_readings, STYPE = real[], INITCOND = '{}');
