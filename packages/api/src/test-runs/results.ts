import { readParts, type PartView } from '@millwright/engine/compile';
import { testRuns, versions, type TenantTx } from '@millwright/db';
import type { DataRef, FixedValues, Item } from '@millwright/workflow';
import type { ApiDeps } from '../deps.ts';
import { itemsOf } from '../routes/workflows/samples.ts';
import { cacheKey, itemsHash, type Roots } from './cache-keys.ts';

/** Runs that are looked through, the newest first. */
const MAX_RUNS = 30;
/** Node runs that are walked back to learn where an item came from. */
const MAX_WALK = 50;

/** Largest data of a trigger that is compared: hashing it must not hold up the process. Runs that began with more are not reused. */
const MAX_COMPARED_BYTES = 1024 * 1024;

/** A stored result that fits the draft. */
export interface Result {
  readonly source: testRuns.ResultSource;
  readonly stored: testRuns.StoredResult;
  readonly outputs: Readonly<Record<string, DataRef>>;
}

/** What the newest runs of one workflow gave; reads in one transaction, and each thing once. */
export class Results {
  readonly #tx: TenantTx;
  readonly #deps: Pick<ApiDeps, 'catalog' | 'readBlob'>;
  readonly #sources: readonly testRuns.ResultSource[];
  readonly #views = new Map<string, PartView | null>();
  readonly #runs = new Map<string, Promise<testRuns.NodeRunResult | null>>();
  readonly #items = new Map<string, Promise<readonly Item[]>>();
  readonly #keys = new Map<string, string | null>();

  private constructor(tx: TenantTx, deps: Pick<ApiDeps, 'catalog' | 'readBlob'>, sources: readonly testRuns.ResultSource[]) {
    this.#tx = tx;
    this.#deps = deps;
    this.#sources = sources;
  }

  static async of(tx: TenantTx, deps: Pick<ApiDeps, 'catalog' | 'readBlob'>, workflowId: string): Promise<Results> {
    return new Results(tx, deps, await testRuns.sources(tx, workflowId, MAX_RUNS));
  }

  /** How many runs ago a node ran last; Infinity when that is not known. */
  rank(nodeId: string): number {
    const at = this.#sources.findIndex((source) => isResult(source.nodes.get(nodeId)));
    return at < 0 ? Infinity : at;
  }

  /** What a trigger gave last, as far as it is configured as it was then; null when nothing fits. */
  async ofTrigger(
    { view, values }: { readonly view: PartView; readonly values: FixedValues },
    nodeId: string,
  ): Promise<{ readonly result: Result; readonly items: readonly Item[] } | null> {
    for (const source of this.#sources) {
      const stored = source.nodes.get(nodeId);
      if (stored === undefined || !isResult(stored)) continue;
      const result = await this.#load(source, stored, nodeId);
      const ref = result?.outputs['main'];
      if (result === null || ref === undefined || !isComparable(ref)) continue;
      const items = await this.items(ref);
      const roots: Roots = { triggerId: nodeId, itemsHash: itemsHash(items), pins: new Map(), simulated: new Set(), values };
      if (cacheKey(view, roots, nodeId) === (await this.#keyIn(source, nodeId))) return { result, items };
    }
    return null;
  }

  /** The newest result of a node that came of the same configuration and inputs; null when there is none. */
  async matching(nodeId: string, key: string): Promise<Result | null> {
    for (const source of this.#sources) {
      const stored = source.nodes.get(nodeId);
      if (stored === undefined || !isResult(stored) || key !== (await this.#keyIn(source, nodeId))) continue;
      const result = await this.#load(source, stored, nodeId);
      if (result !== null) return result;
    }
    return null;
  }

  /** Items of a handle. */
  items(ref: DataRef): Promise<readonly Item[]> {
    const key = ref.blobId ?? ref;
    if (typeof key !== 'string') return Promise.resolve(ref.inline ?? []);
    const known = this.#items.get(key) ?? itemsOf(ref, this.#tx.workspaceId, this.#deps);
    this.#items.set(key, known);
    return known;
  }

  /**
   * Positions, in what an earlier node gave in the same run, of the items of one port; −1 where it cannot be told.
   * @param to the earlier node
   */
  async origins(
    { source, stored, outputs }: Result,
    from: { readonly nodeId: string; readonly port: string; readonly to: string },
  ): Promise<readonly number[]> {
    const ref = outputs[from.port];
    const items = ref === undefined ? [] : await this.items(ref);
    const place = { nodeId: from.nodeId, runIndex: stored.runIndex };
    return Promise.all(items.map((item, position) => this.#walk(source.runId, { ...place, item, position }, from.to)));
  }

  async #walk(
    runId: string,
    start: { readonly nodeId: string; readonly runIndex: number; readonly item: Item; readonly position: number },
    to: string,
  ): Promise<number> {
    let at = start;
    for (let steps = 0; steps < MAX_WALK; steps++) {
      const [position = -1, ...others] = at.item.from ?? [at.position];
      const record = await this.#nodeRun(runId, at.nodeId, at.runIndex);
      const [input, ...more] = Object.values(record?.inputs ?? {});
      const [nodeId, runIndex, port] = input?.id.split(':') ?? [];
      if (others.length + more.length > 0 || position < 0 || nodeId === undefined || port === undefined || !/^\d+$/.test(runIndex ?? ''))
        return -1;
      if (nodeId === to) return position;
      const ref = (await this.#nodeRun(runId, nodeId, Number(runIndex)))?.outputs[port];
      const item = ref === undefined ? undefined : (await this.items(ref))[position];
      if (item === undefined) return -1;
      at = { nodeId, runIndex: Number(runIndex), item, position };
    }
    return -1;
  }

  /** Null when its items were not kept. */
  async #load(source: testRuns.ResultSource, stored: testRuns.StoredResult, nodeId: string): Promise<Result | null> {
    const found = await this.#nodeRun(source.runId, nodeId, stored.runIndex);
    const isKept = found !== null && Object.values(found.outputs).every((ref) => ref.inline !== undefined || ref.blobId !== undefined);
    return isKept ? { source, stored, outputs: found.outputs } : null;
  }

  #nodeRun(runId: string, nodeId: string, runIndex: number): Promise<testRuns.NodeRunResult | null> {
    const key = `${runId}:${nodeId}:${runIndex}`;
    const known = this.#runs.get(key) ?? testRuns.result(this.#tx, { runId, nodeId, runIndex });
    this.#runs.set(key, known);
    return known;
  }

  /** The key under which a run made a node's result; null when that cannot be told. */
  async #keyIn(source: testRuns.ResultSource, nodeId: string): Promise<string | null> {
    if (source.cacheKeys !== null) return source.cacheKeys[nodeId] ?? null;
    const id = `${source.runId}:${nodeId}`;
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const view = await this.#viewOf(source.versionId);
    const started = await this.#nodeRun(source.runId, source.triggerNodeId, 0);
    const ref = started?.outputs['main'];
    const roots = { triggerId: source.triggerNodeId, pins: new Map(), simulated: new Set<string>(), values: source.fixed ?? {} };
    const key =
      view === null || ref === undefined || !isComparable(ref)
        ? null
        : cacheKey(view, { ...roots, itemsHash: itemsHash(await this.items(ref)) }, nodeId);
    this.#keys.set(id, key);
    return key;
  }

  async #viewOf(versionId: string): Promise<PartView | null> {
    const known = this.#views.get(versionId);
    if (known !== undefined) return known;
    const version = await versions.get(this.#tx, versionId);
    const view = version === null ? null : readParts(version.document, this.#deps.catalog);
    this.#views.set(versionId, view);
    return view;
  }
}

function isComparable({ inline, blobId, sizeBytes }: DataRef): boolean {
  return inline !== undefined || (blobId !== undefined && sizeBytes <= MAX_COMPARED_BYTES);
}

/** What was taken from an earlier run is that run's result; what was pinned or simulated is none. */
function isResult(stored: testRuns.StoredResult | undefined): boolean {
  return stored !== undefined && (stored.status === 'succeeded' || stored.reason === 'alreadyDone' || stored.reason === 'disabled');
}
