/** The one Temporal server version that embedded and compose installs run. */
export const TEMPORAL_VERSION = '1.31.2';

/** The Temporal namespace that everything of ours runs in. */
export const TEMPORAL_NAMESPACE = 'millwright';

/** Days that closed Temporal workflows keep their history; our own run list lives in our database. */
export const HISTORY_RETENTION_DAYS = 7;
