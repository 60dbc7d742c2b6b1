import { variables, type TenantTx } from '@millwright/db';
import type { FixedValues, Mentions } from '@millwright/workflow';
import type { ApiDeps } from '../deps.ts';

/** Everything that expressions of a workspace could read beside items, as it is now. */
export async function readValues(tx: TenantTx, { environment = {} }: Pick<ApiDeps, 'environment'>): Promise<Required<FixedValues>> {
  const env = Object.entries(environment).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return { vars: await variables.values(tx, { workspaceId: tx.workspaceId, keys: ['*'] }), env: Object.fromEntries(env) };
}

/** Those of the values that are mentioned; undefined where there are none. */
export function mentioned(values: FixedValues, mentions: Mentions | undefined): FixedValues | undefined {
  if (mentions === undefined) return undefined;
  const vars = pick(values.vars ?? {}, mentions.vars);
  const env = pick(values.env ?? {}, mentions.env);
  if (Object.keys(vars).length + Object.keys(env).length === 0) return undefined;
  return { vars, env };
}

function pick<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes('*') || names.includes(name)));
}
