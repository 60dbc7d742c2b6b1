import { readHostPattern } from '@millwright/core/host-pattern';
import { z } from 'zod';

/** Most hosts of one list. */
const MAX_HOSTS = 200;

const host = z
  .string()
  .trim()
  .max(260)
  .refine((text) => readHostPattern(text) !== null, 'Write a host such as api.example.com, or *.example.com, without https:// and port.');
const hostList = z.array(host).max(MAX_HOSTS);

/** Hosts that the work of a workspace may reach: `api.example.com`, `*.example.com` for its subdomains; never a port. */
export const networkRulesSchema = z.strictObject({
  /** Only these; empty: every one. */
  allow: hostList,
  /** None of these, whatever `allow` says. */
  deny: hostList,
});

/** {@link networkRulesSchema} as it is read. */
export type NetworkRulesView = z.infer<typeof networkRulesSchema>;
