import type { z } from 'zod';
import { UserError } from '@millwright/core';

/** What a process was given: names and texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads an app's settings once, at its start. An empty text counts as not set.
 * @param schema one object schema per app; its keys are the names of environment variables
 * @param env usually `process.env`, read in the app's one config file
 * @throws UserError `config_invalid`, naming every fault (and no value) at once
 */
export function loadConfig<S extends z.ZodType>(schema: S, env: Environment): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined && text !== ''));
  const parsed = schema.safeParse(given, { reportInput: false });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => ({ name: issue.path.join('.') || '(all)', fault: issue.message }));
  throw new UserError('invalid', {
    code: 'config_invalid',
    message: `Settings cannot be used. ${faults.map(({ name, fault }) => `${name}: ${fault}`).join('; ')}`,
    hint: `Correct ${[...new Set(faults.map(({ name }) => name))].join(', ')} and start again.`,
    details: { faults },
  });
}
