import { describe, expect, it } from 'vitest';
import { readReport, tallyOf } from './tally.ts';

const nodePackage = {
  name: '@millwright/node-demo',
  version: '1.0.0',
  dir: '/checkout/nodes/demo',
  entry: '/checkout/nodes/demo/src/index.ts',
  hash: '',
  isConnector: true,
  isCore: false,
  isOwn: false,
  liveSuite: 'src/demo.int.test.ts',
};

function report(...files: readonly [name: string, ...tests: readonly (readonly [status: string, meta?: object])[]][]): string {
  const testResults = files.map(([name, ...tests]) => ({
    name: `/checkout/nodes/${name}`,
    status: 'passed',
    assertionResults: tests.map(([status, connector]) => ({ status, meta: connector === undefined ? {} : { connector } })),
  }));
  return JSON.stringify({ testResults });
}

function proves(what: string, isVendors = true, accepted = 1): object {
  return { key: 'demo', proves: what, isVendors, accepted };
}

describe('what is proved of a connector', () => {
  it('a scenario passed when all of its tests did; requests count where the description judged them', () => {
    const tests = readReport(
      report(
        ['demo/src/demo.test.ts', ['passed', proves('contract')], ['passed', proves('contract', true, 2)], ['passed', proves('badInput')]],
        ['demo/src/more.test.ts', ['passed', proves('pages')], ['failed', proves('pages')], ['passed', proves('rate')]],
        ['demonic/src/demo.test.ts', ['failed', proves('refresh')]],
      ),
    );
    expect(tallyOf(nodePackage, tests)).toEqual({
      proof: { badge: 'contract', scenariosPassed: 1, scenariosApplicable: 2, contractRequests: 3 },
      failed: 1,
      skipped: 0,
    });
  });

  it.each([
    ['live', ['passed'], true, 'live'],
    ['a live suite that was skipped', ['passed', 'skipped'], true, 'contract'],
    ['a live suite that failed', ['failed'], false, 'ownContract'],
    ['a live suite that did not run', [], true, 'contract'],
  ])('the badge is given for what passed: %s', (_, statuses, isVendors, badge) => {
    const live = statuses.map((status): readonly [string] => [status]);
    const tests = readReport(
      report(['demo/src/demo.int.test.ts', ...live], ['demo/src/demo.test.ts', ['passed', proves('contract', isVendors)]]),
    );
    expect(tallyOf(nodePackage, tests).proof?.badge).toBe(badge);
  });

  it('a stand-in of the vendor is named where all of its suite passed', () => {
    const withStandIn = { ...nodePackage, standIn: { name: 'demo-mock', suite: 'src/mock.int.test.ts', go: 'example.com/demo-mock@v1' } };
    const named = (...statuses: readonly string[]) => {
      const ran = statuses.map((status): readonly [string] => [status]);
      const tests = readReport(report(['demo/src/mock.int.test.ts', ...ran], ['demo/src/demo.test.ts', ['passed', proves('contract')]]));
      return tallyOf(withStandIn, tests).proof;
    };
    expect(named('passed', 'passed')).toMatchObject({ badge: 'contract', standIn: 'demo-mock' });
    expect([named('passed', 'failed')?.standIn, named('skipped')?.standIn, named()?.standIn]).toEqual([undefined, undefined, undefined]);
  });

  it('an example that the description refuses costs the badge, and a suite that was skipped proves nothing', () => {
    const refused = readReport(report(['demo/src/demo.test.ts', ['failed', proves('contract')], ['passed', proves('contract')]]));
    expect(tallyOf(nodePackage, refused).proof?.badge).toBe('none');
    const skipped = readReport(report(['demo/src/demo.test.ts', ['skipped', proves('contract')]]));
    expect(tallyOf(nodePackage, skipped)).toEqual({ proof: null, failed: 0, skipped: 1 });
  });

  it('a file that does not load is a failure', () => {
    const text = JSON.stringify({
      testResults: [{ name: '/checkout/nodes/demo/src/demo.test.ts', status: 'failed', assertionResults: [] }],
    });
    expect(tallyOf(nodePackage, readReport(text))).toMatchObject({ failed: 1 });
  });
});
