import { endpoints } from '@millwright/contracts';
import { readHostPattern } from '@millwright/core/host-pattern';
import { networkRules } from '@millwright/db';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `PUT /api/v1/network/rules` */
export const putNetworkRules = defineRoute(
  endpoints.network.putRules,
  { ...WRITE_RULES, permission: 'network.manage', audit: 'networkRules.set' },
  async ({ body, principal, write }) => {
    const rules = { allow: hostsOf(body.allow), deny: hostsOf(body.deny) };
    await write(async (tx, audit) => {
      const before = await networkRules.get(tx);
      await networkRules.put(tx, rules, principal.userId);
      await audit({ kind: 'networkRules', id: principal.workspaceId }, { ...wordsOf('before', before), ...wordsOf('after', rules) });
    });
    return rules;
  },
);

/** As the audit log shows them. */
function wordsOf(when: string, { allow, deny }: networkRules.NetworkRules): Readonly<Record<string, string>> {
  return { [`${when}Allow`]: allow.join(' '), [`${when}Deny`]: deny.join(' ') };
}

/** Each host once, as it is compared. */
function hostsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => readHostPattern(text) ?? []))];
}
