import type { JsonObject } from '@millwright/core';
import { variables, type Database } from '@millwright/db';
import type { FixedValues, PlanSkeleton, RunHeader } from '@millwright/workflow';

/**
 * Gives a run that is about to start the values that its plan mentions. They are part of what it is started with, so the start and they
 * are on disk together or not at all, and every try reads the same. A run that goes on with another keeps what that one had; only names
 * that it did not have are read now.
 * @throws TransientError `database_unavailable`: start nothing
 */
export type FixValues = (header: RunHeader, skeleton: PlanSkeleton) => Promise<RunHeader>;

/** Reads variables from Postgres, and of the environment the names that are allowed. */
export function createFixValues({
  db,
  environment,
}: {
  readonly db: Pick<Database, 'executor'>;
  readonly environment: Readonly<Record<string, string>>;
}): FixValues {
  return async (header, { mentions }) => {
    if (mentions === undefined) return header;
    const vars = await varsFor(db, header, mentions.vars);
    const env = envFor(environment, header.fixed, mentions.env);
    const fixed: FixedValues = { ...(isEmpty(vars) ? {} : { vars }), ...(isEmpty(env) ? {} : { env }) };
    const { fixed: _before, ...rest } = header;
    return isEmpty(fixed) ? rest : { ...rest, fixed };
  };
}

async function varsFor(db: Pick<Database, 'executor'>, header: RunHeader, names: readonly string[]): Promise<JsonObject> {
  const kept = header.fixed?.vars ?? {};
  const missing = names.filter((name) => name === '*' || !Object.hasOwn(kept, name));
  if (missing.length === 0) return kept;
  return { ...(await variables.values(db.executor, { workspaceId: header.workspaceId, keys: missing })), ...kept };
}

function envFor(
  environment: Readonly<Record<string, string>>,
  before: FixedValues | undefined,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const wanted = Object.entries(environment).filter(([name]) => names.includes('*') || names.includes(name));
  return { ...Object.fromEntries(wanted), ...before?.env };
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
