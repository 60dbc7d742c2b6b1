import type { BlobStore } from '@millwright/blobs';
import type { BrokeredRequest, BrokeredResponse, CodeCall, CodeItem, CodeOutputItem, CodeRunner } from '@millwright/code-runner';
import { isJsonObject, TransientError, UserError } from '@millwright/core';
import { hashHex } from '@millwright/core/hash';
import type { Egress } from '@millwright/egress';
import type { NodeCall } from '@millwright/executor';
import type { CodePort, CodeProgram, Item } from '@millwright/node-sdk';
import { FileShelf } from './file-shelf.ts';

/** The sandboxes of this install. */
export interface CodeMachinery {
  readonly runner: Pick<CodeRunner, 'run'>;
  /** npm packages that programs may load. Default none. */
  readonly packages?: readonly string[];
  /** Where files are kept. Absent: programs pass them on, and cannot look into them. */
  readonly files?: Pick<BlobStore, 'getFile' | 'putFile'>;
}

/** Until there are projects, every workspace has this one. */
const PROJECT = 'default';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The sandbox as one call of a node sees it: programs get the items of the call and what expressions could read, and reach the network
 * by the one way out. Before the first request that changes something leaves, that is stored: such requests carry no key, so a program
 * that was lost after it is not run again by itself.
 */
export function createNodeCode({ runner, packages, files }: CodeMachinery, egress: Pick<Egress, 'request'>, call: NodeCall): CodePort {
  return {
    run: async (program) => {
      const gate = new Gate(call, egress);
      const shelf = files === undefined ? undefined : new FileShelf(files, call.header);
      try {
        const { items } = await runner.run({
          ...callOf(program, call),
          ...(packages === undefined ? {} : { packages }),
          ...(shelf === undefined ? {} : { files: shelf }),
          fetch: (request) => gate.fetch(request),
        });
        return items.map((item) => toItem(item, call.itemIndex));
      } catch (thrown) {
        throw blamed(thrown);
      } finally {
        // A fault of ours that the program took for an answer of the network: the call says nothing.
        gate.throwIfAway();
        shelf?.throwIfAway();
      }
    },
  };
}

function callOf({ oneShot, ...program }: CodeProgram, call: NodeCall): Omit<CodeCall, 'packages' | 'fetch' | 'files'> {
  const { header, item, items, itemIndex, data, signal, log } = call;
  const given = itemIndex < 0 ? items : item === undefined ? [] : [item];
  return {
    ...program,
    workspaceId: header.workspaceId,
    projectId: PROJECT,
    items: given.map(toCodeItem),
    data: data?.() ?? {},
    signal,
    ...(oneShot ? { oneShot } : {}),
    ...(log === undefined ? {} : { onLog: (line) => log(itemIndex < 0 ? line : { ...line, itemIndex }) }),
  };
}

/** Programs know items as objects. */
function toCodeItem({ json, files, error }: Item): CodeItem {
  return {
    json: isJsonObject(json) ? json : { value: json },
    ...(files === undefined ? {} : { files }),
    ...(error === undefined ? {} : { error }),
  };
}

function toItem({ json, from, files }: CodeOutputItem, itemIndex: number): Item {
  const source = itemIndex < 0 ? from : [itemIndex];
  return {
    json,
    ...(source === undefined ? {} : { from: source }),
    // What came in as handles comes out as handles.
    ...(files === undefined ? {} : { files: files as NonNullable<Item['files']> }),
  };
}

/** What the program is to blame for is shown at its field. */
function blamed(thrown: unknown): unknown {
  if (!(thrown instanceof UserError)) return thrown;
  const { kind, code, message, hint, details, cause } = thrown;
  return new UserError(kind, { code, message, hint, cause, details: { ...details, field: 'source' } });
}

/** The way to the network of one program. */
class Gate {
  readonly #call: NodeCall;
  readonly #egress: Pick<Egress, 'request'>;
  #isStored: Promise<void> | null = null;
  #away: TransientError | null = null;

  constructor(call: NodeCall, egress: Pick<Egress, 'request'>) {
    this.#call = call;
    this.#egress = egress;
  }

  async fetch({ method, url, headers, body, signal, maxBytes }: BrokeredRequest): Promise<BrokeredResponse> {
    const name = method.toUpperCase();
    if (!SAFE_METHODS.has(name)) await this.#store(hashHex(JSON.stringify([name, url, hashHex(body ?? '')])));
    return this.#egress.request({ method: name, url, headers, body, maxBytes, signal: AbortSignal.any([signal, this.#call.signal]) });
  }

  throwIfAway(): void {
    if (this.#away !== null) throw this.#away;
  }

  async #store(requestHash: string): Promise<void> {
    try {
      await (this.#isStored ??= this.#call.beforeSend(requestHash));
    } catch (thrown) {
      if (thrown instanceof TransientError) this.#away = thrown;
      throw thrown;
    }
  }
}
