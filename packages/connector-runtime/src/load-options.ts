import { isJsonObject, UserError, type JsonValue } from '@millwright/core';
import { durationMs, methodAndPath, type Connector, type OptionsSpec } from '@millwright/node-sdk';
import { Exchanger, type RuntimePorts } from './exchange.ts';
import { keyedLimits } from './execute-action.ts';
import type { CredentialRef } from './lender.ts';
import { itemsOf, Pager } from './pages/pager.ts';
import { buildRequest } from './request/build-request.ts';
import { asText } from './request/fill.ts';
import { readPath, readText } from './request/paths.ts';

/** One entry of a dropdown. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** Which dropdown, and for whom. */
export interface OptionsRequest {
  readonly connector: Connector;
  /** Name in `options`. */
  readonly name: string;
  readonly credential: CredentialRef | null;
  /** The node's other parameters. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** What the person typed. */
  readonly search: string;
  /** Entries at most. */
  readonly maxItems: number;
  /** Whether the service is asked although its last answer is still kept. Default false. */
  readonly isFresh?: boolean;
  readonly signal: AbortSignal;
}

/** A list as far as it was read. */
interface ReadList {
  readonly options: readonly Option[];
  /** Whether the service has no more. */
  readonly isWhole: boolean;
}

interface Kept extends ReadList {
  readonly untilMs: number;
}

const MAX_KEPT = 1000;
/** Entries among which we search where the service cannot. */
const MOST_FILTERED = 1000;

function toOption(entry: JsonValue, spec: OptionsSpec): readonly Option[] {
  const value = isJsonObject(entry) ? readText(entry, spec.value) : typeof entry === 'string' ? entry : null;
  if (value === null) return [];
  const detail = readText(entry, spec.detail);
  return [{ value, label: readText(entry, spec.label) ?? value, ...(detail === null ? {} : { detail }) }];
}

/** Reads dropdowns: the same list is asked for once in a while, not with every key. */
export class OptionLists {
  readonly #ports: RuntimePorts;
  readonly #kept = new Map<string, Kept>();

  constructor(ports: RuntimePorts) {
    this.#ports = ports;
  }

  /** @throws UserError `options_unknown`; ConnectorError as any read */
  async load(request: OptionsRequest): Promise<readonly Option[]> {
    const { connector, name, credential, parameters, search, maxItems } = request;
    const spec = connector.options[name];
    if (spec === undefined)
      throw new UserError('notFound', { code: 'options_unknown', message: `${connector.title} has no list "${name}"` });
    const key = JSON.stringify([
      connector.key,
      name,
      credential?.workspaceId,
      credential?.credentialId,
      parameters,
      spec.search === undefined ? '' : search,
    ]);
    const wanted = search.trim().toLowerCase();
    const isFiltered = spec.search === undefined && wanted !== '';
    const options = await this.#listOf(key, spec, { ...request, maxItems: isFiltered ? Math.max(maxItems, MOST_FILTERED) : maxItems });
    return (isFiltered ? options.filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted)) : options).slice(
      0,
      maxItems,
    );
  }

  /** What is kept where that is enough, else what the service says now. */
  async #listOf(key: string, spec: OptionsSpec, request: OptionsRequest): Promise<readonly Option[]> {
    const nowMs = this.#ports.clock.monotonicMs();
    const known = this.#kept.get(key);
    const isKept = known !== undefined && known.untilMs > nowMs && (known.isWhole || known.options.length >= request.maxItems);
    if (isKept && request.isFresh !== true) {
      this.#keep(key, known);
      return known.options;
    }
    const read = await this.#read(request, spec);
    this.#keep(key, { ...read, untilMs: nowMs + durationMs(spec.cache ?? '1m') });
    return read.options;
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #read({ connector, credential, parameters, search, maxItems, signal }: OptionsRequest, spec: OptionsSpec): Promise<ReadList> {
    const scope = { ...parameters, ...(spec.search === undefined ? {} : { [spec.search]: search }) };
    const paging = spec.pages === undefined ? undefined : connector.pages[spec.pages];
    const pages = paging === undefined ? { kind: 'single' as const, items: spec.items } : { ...paging, items: spec.items };
    const pager = new Pager(pages, scope, Math.max(maxItems, 1000));
    const options: Option[] = [];
    let isWhole = false;
    const { method, path } = methodAndPath(spec.request);
    for (let page = pager.first(), isOver = false; !isOver;) {
      const { answer, url, mask } = await new Exchanger(this.#ports, {
        connector,
        errors: connector.errors,
        limits: keyedLimits({ connector, action: {} }, credential, scope),
        credential,
        target: `${method} ${path}`,
        build: (auth) => {
          const slot = { input: scope, auth, idempotencyKey: null, nowMs: this.#ports.clock.nowMs() };
          const built = buildRequest({
            request: spec.request,
            baseUrl: connector.baseUrl,
            headers: connector.headers,
            scope: { ...scope, auth },
            slot,
            placed: page.placed,
          });
          return page.url === null ? built : { ...built, url: page.url };
        },
        isRepeatable: true,
        beforeSend: () => Promise.resolve(),
        signal,
      }).run();
      const items = itemsOf(pages, answer);
      options.push(...mask.data(items.flatMap((entry) => toOption(entry, spec))));
      const next = options.length >= maxItems ? null : pager.next({ answer, items, sent: page, url });
      isWhole = next === null && options.length < maxItems;
      isOver = next === null;
      page = next ?? page;
    }
    return { options, isWhole };
  }
}

/** Reads a text template over an answer, for what is shown of a tested credential. */
export function shownOf(template: string | undefined, answer: { readonly body: JsonValue }): string | null {
  if (template === undefined) return null;
  return template.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (_whole, path: string) =>
    asText(readPath(answer, path) ?? readPath(answer.body, path) ?? ''),
  );
}
