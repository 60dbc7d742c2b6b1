import {
  eventually,
  publishSketch,
  runEnded,
  sketchDocument,
  startStage,
  type EdgeSketch,
  type NodeSketch,
  type Stage,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage?.remove());

const HOOK: NodeSketch = ['hook', 'core.webhook', { answer: 'respond' }];
const ANSWER: NodeSketch = ['answer', 'core.respond', { status: 200, bodyType: 'json', body: '{{ $items.map((one) => one.json) }}' }];

/** Publishes nodes between a webhook and its answer. */
async function listening(nodes: readonly NodeSketch[]): Promise<string> {
  const all = [HOOK, ...nodes, ANSWER];
  const edges: readonly EdgeSketch[] = all.slice(1).map(([id], index) => `${all[index]?.[0] ?? ''} -> ${id}`);
  return (await publishSketch(stage.owner, 'Code', { nodes: all, edges })).url;
}

async function send(url: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown; readonly runId: string }> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const runId = response.headers.get('x-millwright-run') ?? '';
  await ended(runId);
  return { status: response.status, body: await response.json(), runId };
}

const ended = (runId: string) => runEnded(stage.owner, runId, 60_000);

const code = (source: string, more: Readonly<Record<string, unknown>> = {}, settings: NodeSketch[3] = {}): NodeSketch => [
  'code',
  'core.code',
  { source, ...more },
  settings,
];

describe('a Code step in a run', () => {
  it('answers with what it made of the items, and its lines and lineage are kept', async () => {
    const source = [
      "const greeting: string = $('hook').first().json.body.greeting;",
      'console.log("items", $input.all().length);',
      'return $input.all().map(({ json }) => ({ json: { text: `${greeting} ${json.name}`, braces: "{{ $json }}" } }));',
    ].join('\n');
    const url = await listening([
      ['split', 'core.splitOut', { field: 'body.people' }],
      code(source, { language: 'typescript' }),
      ['after', 'core.editFields', { assignments: [{ name: 'was', value: "{{ $('split').item.json.name }}" }], keepOther: true }],
    ]);
    const { status, body, runId } = await send(url, { greeting: 'Hello', people: [{ name: 'Ada' }, { name: 'Bob' }] });
    expect([status, body]).toEqual([
      200,
      [
        { text: 'Hello Ada', braces: '{{ $json }}', was: 'Ada' },
        { text: 'Hello Bob', braces: '{{ $json }}', was: 'Bob' },
      ],
    ]);
    const nodeRun = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(nodeRun.console).toEqual([{ itemIndex: 0, level: 'log', text: 'items 2' }]);
    expect(nodeRun.attempts).toMatchObject([{ class: 'read', status: 'done', itemIndex: -1 }]);
    expect(Object.keys(nodeRun.outputs)).toEqual(['main']);
  });

  it('reaches the network by the one way out only', async () => {
    const source = [
      `const sent = await fetch('${stage.echo.url}/from-code', { method: 'POST', body: JSON.stringify({ n: 1 }) });`,
      "const inside = await fetch('http://169.254.169.254/').then(() => 'open', () => 'closed');",
      'return [{ json: { status: sent.status, inside } }];',
    ].join('\n');
    const { body, runId } = await send(await listening([code(source)]), {});
    expect(body).toEqual([{ status: 200, inside: 'closed' }]);
    expect((await stage.echo.records('/from-code')).map(({ method }) => method)).toEqual(['POST']);
    const { attempts } = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(attempts).toMatchObject([{ class: 'code', status: 'done', requestHash: expect.stringMatching(/^[0-9a-f]+$/) }]);
  });

  it('that throws fails with line and item, and keeps what it had written', async () => {
    const source = 'console.warn("item", $json.n);\nif ($json.n === 2)\n  throw new Error("two is not taken");\nreturn $json;';
    const url = await listening([['split', 'core.splitOut', { field: 'body' }], code(source, { mode: 'each' })]);
    const { runId } = await send(url, [{ n: 1 }, { n: 2 }]);
    const run = await ended(runId);
    const error = { code: 'code_failed', nodeId: 'code', field: 'source', line: 3, itemIndex: 1 };
    expect(run).toMatchObject({ status: 'failed', error });
    const { console: lines } = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(lines).toMatchObject([
      { itemIndex: 0, level: 'warn', text: 'item 1' },
      { itemIndex: 1, level: 'warn', text: 'item 2' },
    ]);
  });

  it('with an error branch lets the other items pass', async () => {
    const source = 'if ($json.n === 2) throw new Error("two is not taken");\nreturn { ...$json, ok: true };';
    const nodes: readonly NodeSketch[] = [
      HOOK,
      ['split', 'core.splitOut', { field: 'body' }],
      code(source, { mode: 'each' }, { onError: 'branch' }),
      ['refused', 'core.editFields', { assignments: [{ name: 'refused', value: '{{ $json.n }}' }], keepOther: false }],
      ANSWER,
    ];
    const edges = ['hook -> split', 'split -> code', 'code -> answer', 'code:error -> refused'];
    const { url } = await publishSketch(stage.owner, 'Branch', { nodes, edges });
    const { body, runId } = await send(url, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(body).toEqual([
      { n: 1, ok: true },
      { n: 3, ok: true },
    ]);
    const { outputs } = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'refused', runIndex: 0 });
    expect(outputs['main']?.items).toMatchObject([{ json: { refused: 2 } }]);
  });

  it('reads the variables of its workspace, in Python too where that is installed', async () => {
    await stage.owner.client.variables.put({ key: 'greeting', body: { value: 'Hello' } });
    const script = await listening([code('return [{ json: { text: `${$vars.greeting} ${$json.body.name}` } }];')]);
    expect((await send(script, { name: 'Ada' })).body).toEqual([{ text: 'Hello Ada' }]);
    if (!(await stage.owner.client.code.get({})).python) return;
    const source =
      "name = _('hook').first()['json']['body']['name']\nprint('for', name)\nreturn [{'json': {'text': _vars['greeting'] + ' ' + name}}]";
    const { body, runId } = await send(await listening([code(source, { language: 'python' })]), { name: 'Bob' });
    expect(body).toEqual([{ text: 'Hello Bob' }]);
    const { console: lines } = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(lines).toMatchObject([{ text: 'for Bob' }]);
  });

  it('that never ends is stopped; a neighbour does not notice', async () => {
    const endless = await listening([code('for (;;);', { timeoutMs: 500 })]);
    const quick = await listening([code('return [{ json: { quick: true } }];')]);
    const [, neighbour] = await Promise.all([fetch(endless, { method: 'POST' }), send(quick, {})]);
    expect(neighbour.body).toEqual([{ quick: true }]);
    const failed = await eventually(async () => (await stage.owner.client.runs.list({ status: 'failed', limit: 1 })).items[0] ?? null);
    expect(failed.error).toMatchObject({ code: 'code_timeout' });
    expect((await send(quick, {})).body).toEqual([{ quick: true }]);
  });
});

describe('a file that a Code step makes', () => {
  it('travels by its handle: a later step reads it, and what is kept of the run says everything of it but what is in it', async () => {
    const text = 'name\nÄda\n'.repeat(200_000);
    const make =
      "return { json: { made: true }, files: { list: await $files.make('name\\nÄda\\n'.repeat(200_000), { fileName: 'list.csv' }) } };";
    const read =
      'const { list } = $input.first().files; let size = 0; for await (const part of $files.chunks(list)) size += part.length; return { size, list };';
    const url = await listening([code(make), ['read', 'core.code', { source: read }]]);
    const { body, runId } = await send(url, {});
    const sizeBytes = Buffer.byteLength(text);
    const handle = { fileName: 'list.csv', fileExtension: 'csv', mimeType: 'text/csv', sizeBytes };
    expect(body).toMatchObject([{ size: sizeBytes, list: handle }]);
    const nodeRun = await stage.owner.client.runs.getNodeRun({ runId, nodeId: 'code', runIndex: 0 });
    expect(nodeRun.outputs['main']?.items).toMatchObject([{ json: { made: true }, files: { list: handle } }]);
    expect(JSON.stringify(nodeRun).length).toBeLessThan(10_000);
  });

  it('is read by Python as n8n’s programs read it, where that is installed', async () => {
    if (!(await stage.owner.client.code.get({})).python) return;
    const make = "return { json: {}, binary: { data: await this.helpers.prepareBinaryData(Buffer.from('Grüße'), 'a.txt') } };";
    const read = "import base64\nreturn {'text': base64.b64decode(_input.first()['binary']['data']['data']).decode()}";
    const url = await listening([code(make), ['read', 'core.code', { source: read, language: 'python' }]]);
    expect((await send(url, {})).body).toEqual([{ text: 'Grüße' }]);
  });
});

describe('a run that failed at wrong code', () => {
  it('goes on with the corrected code: what only computed is computed anew, and nothing is asked', async () => {
    const sketch = (count: string, check: string) => {
      const nodes: readonly NodeSketch[] = [
        ['hook', 'core.webhook', { answer: 'now' }],
        ['count', 'core.code', { source: count }],
        ['check', 'core.code', { source: check }],
      ];
      return { nodes, edges: ['hook -> count', 'count -> check'] };
    };
    const check = 'if ($input.first().json.n !== 2) throw new Error("wrong");\nreturn $input.all();';
    const first = sketch('return [{ json: { n: 1 } }];', check);
    const { workflowId, url } = await publishSketch(stage.owner, 'Mended', first);
    const response = await fetch(url, { method: 'POST' });
    const runId = response.headers.get('x-millwright-run') ?? '';
    expect(await ended(runId)).toMatchObject({ status: 'failed', error: { nodeId: 'check', line: 1 } });
    const { revision } = await stage.owner.client.drafts.get({ workflowId });
    const { nodes, edges } = sketch('return [{ json: { n: 2 } }];', check);
    await stage.owner.client.drafts.put({ workflowId, revision, body: sketchDocument('Mended', nodes, edges) });
    await stage.owner.client.workflows.publish({ workflowId, body: {} });
    const preview = await stage.owner.client.runs.resumePreview({ runId, version: 'newest' });
    expect(preview).toMatchObject({ skipped: [], changed: [], blocked: [] });
    const { runId: next } = await stage.owner.client.runs.resume({ runId, body: { version: 'newest' } });
    expect(await ended(next)).toMatchObject({ status: 'succeeded', resumesRunId: runId });
  });
});

describe('publishing a Code step', () => {
  it('is refused with the line where it cannot be read', async () => {
    await expect(listening([code('return [\n  { json: };\n];')])).rejects.toMatchObject({
      problems: [{ code: 'code_syntax', field: 'parameters.source', values: { line: 2 } }],
    });
  });
});

describe('the settings of Code steps', () => {
  it('say the walls that hold here', async () => {
    const settings = await stage.owner.client.code.get({});
    expect(['L1', 'L2', 'L3']).toContain(settings.level);
    expect(settings).toMatchObject({ oneShot: false, packages: [] });
  });
});
