import { putSketch } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { inspector, step } from './editor.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

/** What would be set in the page if any of it ran there. */
const RUN = 'globalThis.reached = 1';

/** A1 to A13 as somebody may store them: number, and the expression. */
const ATTACKS: readonly (readonly [string, string])[] = [
  ['A1', `$json.body.constructor.constructor("${RUN}")()`],
  ['A1', `[].map.constructor("${RUN}")()`],
  ['A2', `$json["const" + "ructor"]["const" + "ructor"]("${RUN}")()`],
  ['A3', `({}).__proto__.constructor.constructor("${RUN}")()`],
  ['A4', `new Function("${RUN}")()`],
  ['A4', `import("data:text/javascript,${RUN}")`],
  ['A5', '(() => { this.reached = 1 })()'],
  ['A5', 'window.reached = 1'],
  ['A6', `[...eval("${RUN}")]`],
  ['A7', `Object.values([].map).at(0).constructor("${RUN}")()`],
  ['A8', `({ a: 1 })[({ toString: () => eval("${RUN}") })]`],
  ['A9', `"a".trim.call.constructor("${RUN}")()`],
  ['A10', `[x => x].at(0).constructor("${RUN}")()`],
  ['A11', `${'('.repeat(9000)}1${')'.repeat(9000)}`],
  ['A12', `JSON.stringify({ toJSON: eval("${RUN}") })`],
  ['A13', `Math["constructor"]["constructor"]("${RUN}")()`],
];

/** Runs in the page before anything of it: keeps what its content policy refused. */
const LISTEN = `addEventListener('securitypolicyviolation', (event) => {
  (globalThis.refused ??= []).push(event.violatedDirective + ' ' + event.blockedURI);
})`;

/** Adds a script as markup would, and says whether it ran. */
const INJECT = `(() => {
  const script = document.createElement('script');
  script.textContent = 'globalThis.injected = 1';
  document.head.append(script);
  return globalThis.injected ?? 0;
})()`;

describe('A14: attacks stored in a workflow, opened in an editor', () => {
  it('are inert there: nothing of them runs, the page has no fault, and its content policy had nothing to refuse', async () => {
    const assignments = [
      ...ATTACKS.map(([number, source], index) => ({ name: `${number}_${index}`, value: `{{ ${source} }}` })),
      { name: 'last', value: "{{ 'pre' + 'viewed' }}" },
    ];
    const { id } = await desk.owner.client.workflows.create({ body: { name: 'Attacks' } });
    await putSketch(
      desk.owner,
      { workflowId: id, name: 'Attacks' },
      {
        nodes: [
          ['Hook', 'core.webhook', { answer: 'now' }],
          ['Edit', 'core.editFields', { assignments }],
        ],
        edges: ['Hook -> Edit'],
      },
    );
    const { page, faults } = await desk.open();
    await page.addInitScript(LISTEN);
    await page.goto(`/workflows/${id}`);
    await step(page, 'Edit').click();
    await inspector(page).getByText('previewed', { exact: true }).waitFor();
    expect(await page.evaluate('[globalThis.reached, globalThis.refused, ({}).reached]')).toEqual([undefined, undefined, undefined]);
    expect(faults).toEqual([]);
  });

  it('meet a policy that refuses texts as programs, whoever brings them, and reports it', async () => {
    const { page } = await desk.open();
    await page.addInitScript(LISTEN);
    const response = await page.goto('/workflows');
    const policy = response?.headers()['content-security-policy'] ?? '';
    const scripts = /(?:^|; )script-src ([^;]*)/.exec(policy)?.[1] ?? /(?:^|; )default-src ([^;]*)/.exec(policy)?.[1];
    expect(scripts).toBe("'self'");
    expect(await page.evaluate(INJECT)).toBe(0);
    // The protocol of the test goes round the policy of the page; a timer with a text is the page's own.
    await page.evaluate(`setTimeout("${RUN}", 0)`);
    const refused = await page.waitForFunction(() => Reflect.get(globalThis, 'refused')?.length >= 2).then(() => page.evaluate('refused'));
    expect(refused).toEqual(['script-src-elem inline', 'script-src eval']);
    expect(await page.evaluate('globalThis.reached')).toBeUndefined();
  });
});
