import { isJsonObject, type JsonValue } from '@millwright/core';
import { ApiError } from '@millwright/client';
import { parseDocument, type WorkflowDocument } from '@millwright/workflow';
import { sketchDocument } from '../documents.ts';
import type { Echo } from '../echo.ts';
import { eventually } from '../eventually.ts';
import type { SignedIn } from '../owner.ts';
import { VENDOR, type Micro } from './micro.ts';

/** What became of a run, as far as a micro-workflow says what it must come to. */
interface Ended {
  readonly ran: readonly string[];
  readonly gave: Readonly<Record<string, readonly JsonValue[] | null>>;
  readonly error: unknown;
  readonly reasons: Readonly<Record<string, string | null>>;
  readonly attempts: Readonly<Record<string, number>>;
  readonly reply: { readonly status: number; readonly body: JsonValue } | undefined;
  readonly requests: Readonly<Record<string, number>>;
}

/** What became of a micro-workflow; `refused`: codes of the problems for which it could not be published. */
export type Outcome = Ended | { readonly refused: readonly string[] };

/** How long a run may take, in ms: many run at the same time. */
const RUN_MS = 150_000;

/** Publishes micro-workflows, runs them and reads what they came to. */
export class Mill {
  readonly #owner: SignedIn;
  readonly #echo: Echo;

  constructor(parts: { readonly owner: SignedIn; readonly echo: Echo }) {
    this.#owner = parts.owner;
    this.#echo = parts.echo;
  }

  async run(micro: Micro): Promise<Outcome> {
    for (const rule of micro.vendor ?? []) await this.#echo.rule(rule);
    const published = await this.#publish(micro);
    if ('refused' in published) return published;
    const { runId, reply } = await this.#start(micro, published);
    return { ...(await this.#read(micro, runId)), reply };
  }

  async #publish(micro: Micro): Promise<{ readonly workflowId: string; readonly url: string } | { readonly refused: readonly string[] }> {
    const { workflows, drafts } = this.#owner.client;
    const { id } = await patiently(() => workflows.create({ body: { name: micro.name.slice(0, 100) } }));
    const { revision } = await patiently(() => drafts.get({ workflowId: id }));
    await patiently(() => drafts.put({ workflowId: id, revision, body: documentOf(micro, this.#echo.url) }));
    try {
      const { endpoints } = await patiently(() => workflows.publish({ workflowId: id, body: {} }));
      return { workflowId: id, url: endpoints[0]?.url ?? '' };
    } catch (thrown) {
      if (!(thrown instanceof ApiError) || thrown.problems.length === 0) throw thrown;
      return { refused: thrown.problems.filter(({ level }) => level === 'error').map(({ code }) => code) };
    }
  }

  async #start(micro: Micro, { workflowId, url }: { readonly workflowId: string; readonly url: string }) {
    if (micro.post === undefined) {
      const body = { input: { ...micro.start } };
      return await patiently(() => this.#owner.client.workflows.startRun({ workflowId, body })).then(({ runId }) => ({
        runId,
        reply: undefined,
      }));
    }
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(micro.post) });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    const body: JsonValue = isJson ? JSON.parse(text) : text;
    return { runId: response.headers.get('x-millwright-run') ?? '', reply: { status: response.status, body } };
  }

  async #read(micro: Micro, runId: string): Promise<Omit<Ended, 'reply'>> {
    const run = await eventually(async () => {
      const found = await this.#owner.client.runs.get({ runId });
      return ['succeeded', 'failed', 'canceled'].includes(found.status) ? found : null;
    }, RUN_MS);
    const { nodeRuns } = run;
    const of = <T>(value: (one: (typeof nodeRuns)[number]) => T): Record<string, T> =>
      Object.fromEntries(nodeRuns.map((one) => [nameOf(one), value(one)]));
    return {
      ran: nodeRuns.map((one) => `${nameOf(one)}${one.status === 'succeeded' ? '' : `=${one.status}`}`),
      gave: await this.#gave(micro, runId),
      error: run.error,
      reasons: of(({ reason }) => reason),
      attempts: of(({ attempts }) => attempts),
      requests: await this.#requests(micro),
    };
  }

  async #gave(micro: Micro, runId: string): Promise<Ended['gave']> {
    const asked = Object.keys(('refused' in micro.expected ? undefined : micro.expected.gave) ?? {});
    const read = asked.map(async (name): Promise<[string, readonly JsonValue[] | null]> => {
      const [place = '', run = '0'] = name.split('#');
      const [nodeId = '', port = 'main'] = place.split(':');
      const data = await patiently(() => this.#owner.client.runs.getNodeRun({ runId, nodeId, runIndex: Number(run) }));
      return [name, data.outputs[port]?.items.map(({ json }) => withCode(json)) ?? null];
    });
    return Object.fromEntries(await Promise.all(read));
  }

  async #requests(micro: Micro): Promise<Readonly<Record<string, number>>> {
    const paths = Object.keys(('refused' in micro.expected ? undefined : micro.expected.requests) ?? {});
    const read = paths.map(async (path): Promise<[string, number]> => [path, (await this.#echo.records(`/${path}`)).length]);
    return Object.fromEntries(await Promise.all(read));
  }
}

function nameOf({ nodeId, runIndex }: { readonly nodeId: string; readonly runIndex: number }): string {
  return runIndex === 0 ? nodeId : `${nodeId}#${runIndex}`;
}

/** Its error as a code: the texts of errors are for people. */
function withCode(json: JsonValue): JsonValue {
  if (!isJsonObject(json)) return json;
  const { error } = json;
  return error !== undefined && isJsonObject(error) && typeof error['code'] === 'string' ? { ...json, error: error['code'] } : json;
}

function documentOf(micro: Micro, vendorUrl: string): WorkflowDocument {
  const sketch = sketchDocument(micro.name.slice(0, 100), micro.nodes, micro.edges);
  const parents = new Map(Object.entries(micro.inside ?? {}).flatMap(([id, held]) => held.map((one) => [one, id] as const)));
  const drawn = {
    ...sketch,
    settings: { ...sketch.settings, order: micro.order ?? 'parallel' },
    nodes: sketch.nodes.map((node) =>
      Object.assign({}, node, { position: micro.at?.[node.id] ?? node.position, parent: parents.get(node.id) ?? null }),
    ),
  };
  return parseDocument(JSON.parse(JSON.stringify(drawn).replaceAll(VENDOR, vendorUrl)));
}

/** Asks again while the server says that it is asked too often. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof ApiError) || thrown.status !== 429) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
