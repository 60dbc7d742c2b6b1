import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostPolicy } from './workspace-policy.ts';
import { withinWorkspace } from './workspace-policy.ts';
import type { Egress } from './create-egress.ts';
import { startVendor, type Vendor } from './testing/vendor.ts';

const POLICIES: Readonly<Record<string, HostPolicy>> = {
  open: { allow: [], deny: [] },
  strict: { allow: ['listed.test', '*.a.test'], deny: [] },
  denying: { allow: [], deny: ['listed.test'] },
  both: { allow: ['listed.test'], deny: ['*.test', 'listed.test'] },
};

let vendor: Vendor;
let egress: Egress;

beforeAll(async () => {
  vendor = await startVendor();
  const hosts = ['listed.test', 'other.test', 'tenant.a.test', 'listed.test.'];
  egress = vendor.egressWith({
    allow: hosts.map((host) => `${host}:${vendor.port}`),
    policyOf: async (workspaceId) => {
      const policy = POLICIES[workspaceId];
      if (policy === undefined) throw new Error('away');
      return policy;
    },
  });
});
afterAll(() => vendor?.close());

const url = (host: string, rest = '/'): string => `http://${host}:${vendor.port}${rest}`;

async function outcomeOf(workspaceId: string, target: string): Promise<string> {
  const before = vendor.seen.length;
  const outcome = await withinWorkspace(workspaceId, () => egress.request({ method: 'GET', url: target })).then(
    ({ status }) => String(status),
    (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)),
  );
  return vendor.seen.length === before ? outcome : `${outcome}, sent`;
}

describe('hosts that a workspace may reach', () => {
  it('are all of them without rules, and outside of any workspace', async () => {
    expect(await outcomeOf('open', url('listed.test'))).toBe('200, sent');
    expect((await egress.request({ method: 'GET', url: url('other.test') })).status).toBe(200);
  });

  it('are only the listed ones where some are listed', async () => {
    expect(await outcomeOf('strict', url('listed.test'))).toBe('200, sent');
    expect(await outcomeOf('strict', url('tenant.a.test'))).toBe('200, sent');
    expect(await outcomeOf('strict', url('other.test'))).toBe('egress_host_unlisted');
  });

  it('are never the denied ones, however they are written', async () => {
    expect(await outcomeOf('denying', url('listed.test'))).toBe('egress_host_denied');
    expect(await outcomeOf('denying', url('LISTED.test'))).toBe('egress_host_denied');
    expect(await outcomeOf('denying', url('listed.test.'))).toBe('egress_host_denied');
    expect(await outcomeOf('denying', url('other.test'))).toBe('200, sent');
    expect(await outcomeOf('both', url('listed.test'))).toBe('egress_host_denied');
  });

  it('are judged again behind each redirect', async () => {
    const to = encodeURIComponent(url('listed.test'));
    expect(await outcomeOf('denying', url('other.test', `/redirect?to=${to}`))).toBe('egress_host_denied, sent');
    expect(vendor.seen.at(-1)?.url).toContain('/redirect');
  });

  it('hold for sockets too', async () => {
    const opening = withinWorkspace('strict', () => egress.connect({ protocol: 'smtp', host: 'other.test', port: 587 }));
    await expect(opening).rejects.toMatchObject({ code: 'egress_host_unlisted' });
  });

  it('hold for what the work begins and does not wait for, and for one workspace only', async () => {
    const [late, other] = await Promise.all([
      withinWorkspace('denying', async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return egress.request({ method: 'GET', url: url('listed.test') }).catch((thrown: { code: string }) => thrown.code);
      }),
      withinWorkspace('open', async () => (await egress.request({ method: 'GET', url: url('listed.test') })).status),
    ]);
    expect([late, other]).toEqual(['egress_host_denied', 200]);
  });

  it('nothing is sent while nobody can tell', async () => {
    expect(await outcomeOf('unknown', url('listed.test'))).toContain('away');
  });
});
