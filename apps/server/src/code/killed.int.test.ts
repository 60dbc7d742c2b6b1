import {
  deliver,
  eventually,
  HOOK_NOW,
  isStillRunning,
  processesBelow,
  publishSketch,
  runEnded,
  startStage,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.remove());

it.runIf(process.platform === 'linux')(
  'a run whose server is killed inside an endless Code step ends rightly after the restart, and no sandbox is left over',
  async () => {
    const { owner, echo, product } = stage;
    // The first answer sends the program into a loop without end, the second lets it through.
    await echo.rule({ path: '/first', status: 418, times: 1 });
    const source = [
      `const { status } = await fetch('${echo.url}/first');`,
      'if (status === 418) for (;;);',
      'return $input.all().map(({ json }) => ({ json: { n: json.body.n + 1 } }));',
    ].join('\n');
    const { url } = await publishSketch(owner, 'Killed', {
      nodes: [
        HOOK_NOW,
        ['code', 'core.code', { source, timeoutMs: 600_000 }],
        ['after', 'http.request', { method: 'POST', url: `${echo.url}/after`, bodyType: 'json', body: '{{ $json }}' }],
      ],
      edges: ['hook -> code', 'code -> after'],
    });
    const runId = await deliver(url, { n: 1 });
    await eventually(async () => (await echo.records('/first')).length === 1);
    const inside = await eventually(() => {
      const found = processesBelow(product.pid());
      // A fifth of a second of CPU in one process: it is in the loop.
      return found.some(({ cpu }) => cpu > 20) ? found : null;
    });
    await product.kill();
    await eventually(() => !inside.some(isStillRunning));
    await product.start();
    expect(await runEnded(owner, runId, 90_000)).toMatchObject({ status: 'succeeded' });
    const { outputs } = await owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(outputs['main']?.items).toMatchObject([{ json: { n: 2 } }]);
    expect(await echo.records('/after')).toHaveLength(1);
    expect(await echo.records('/first')).toHaveLength(2);
    expect(inside.filter(isStillRunning)).toEqual([]);
  },
);
