import { InvariantError, isJsonObject, MillwrightError, type JsonObject, type JsonValue } from '@millwright/core';
import type { ConnectorAction } from '../connector/connector-action.ts';
import type { ConnectorPackage } from '../connector/connector.ts';
import type { ConnectorTriggerSpec } from '../connector/triggers.ts';
import type { PageSpec } from '../connector/pages.ts';
import type { BenchRequest, ConnectorBench } from './bench.ts';

/** The seven scenarios of connectors.md §5. */
export type ScenarioName = 'refresh' | 'rate' | 'failures' | 'pages' | 'duplicate' | 'signature' | 'expiry';

/** One thing that a connector must do. */
export interface ConnectorCase {
  /** The rule, as a test's name. */
  readonly name: string;
  /** Which scenario, or what it is beside them. */
  readonly proves: ScenarioName | 'contract' | 'badInput';
  /** Throws when the connector does not. */
  readonly run: () => Promise<void>;
}

/** Opens a bench; one per case, which starts fresh. */
export type OpenBench = () => ConnectorBench;

function fail(message: string): never {
  throw new InvariantError({ code: 'connector_unproved', message });
}

function check(holds: boolean, message: () => string): void {
  if (!holds) fail(message());
}

function told(requests: readonly BenchRequest[]): string {
  return (
    requests.map(({ method, url, refusal }) => `${method} ${url}${refusal === null ? '' : ` — refused: ${refusal}`}`).join('\n') || '(none)'
  );
}

function assertAccepted(requests: readonly BenchRequest[]): void {
  check(requests.length > 0, () => 'no request was sent');
  check(
    requests.every(({ refusal }) => refusal === null),
    () => `the description refuses what was sent:\n${told(requests)}`,
  );
}

type Entry = readonly [key: string, action: ConnectorAction];

function acceptedCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: its request is one that the service's description accepts`,
    proves: 'contract',
    run: async () => {
      const bench = open();
      const items = await bench.run(key, action.example as JsonObject);
      assertAccepted(bench.requests());
      for (const { json } of items) {
        const fit = action.output.schema.safeParse(json);
        check(
          fit.success,
          () =>
            `what came out does not fit output.schema: ${fit.error?.issues[0]?.path.join('.') ?? ''}: ${fit.error?.issues[0]?.message ?? ''}`,
        );
      }
    },
  };
}

/** Parameters that the action's input refuses: the first that come of leaving one out, of giving it something else, or of adding one. */
function badInput({ input, example }: ConnectorAction): JsonObject {
  const good = example as JsonObject;
  for (const name of Object.keys(input.shape)) {
    const { [name]: _, ...without } = good;
    for (const bad of [without, { ...good, [name]: { no: 'such' } }]) if (!input.safeParse(bad).success) return bad;
  }
  const unknown = { ...good, noSuchField: true };
  if (!input.safeParse(unknown).success) return unknown;
  return fail('its input accepts anything: give at least one field a type');
}

function refusedCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: a bad input is refused before anything is sent`,
    proves: 'badInput',
    run: async () => {
      const bench = open();
      const outcome = await bench.run(key, badInput(action)).catch((thrown: unknown) => thrown);
      check(
        outcome instanceof MillwrightError && outcome.code === 'parameter_invalid',
        () => `it was not refused as parameter_invalid: ${String(outcome)}`,
      );
      check(bench.requests().length === 0, () => `something was sent all the same:\n${told(bench.requests())}`);
    },
  };
}

/** An action that may be sent again, reads first. */
function repeatable(entries: readonly Entry[]): Entry | undefined {
  return (
    entries.find(([, { effect }]) => effect === 'read') ??
    entries.find(([, { effect }]) => effect !== 'read' && effect.by !== 'unsafe' && effect.by !== 'lookup')
  );
}

function refreshCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: 401 renews the token once and sends again`,
    proves: 'refresh',
    run: async () => {
      const bench = open();
      check(bench.expireToken(), () => 'no kind of auth has a token');
      await bench.run(key, action.example as JsonObject);
      const signed = bench.requests().map(({ headers, url }) => JSON.stringify([headers['authorization'] ?? null, url]));
      check(signed.length >= 2, () => `it was not sent again:\n${told(bench.requests())}`);
      check(signed[0] !== signed[1], () => 'it was sent again with the same token');
    },
  };
}

function rateCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: 429 with Retry-After waits as long and sends again`,
    proves: 'rate',
    run: async () => {
      const bench = open();
      bench.answerNext({ status: 429, headers: { 'retry-after': '2' } }, 1);
      await bench.run(key, action.example as JsonObject);
      check(bench.requests().length >= 2, () => `it was not sent again:\n${told(bench.requests())}`);
      check(
        bench.waits().some((ms) => ms >= 2000),
        () => `it waited ${bench.waits().join(', ') || 'not at all'} ms, not 2000`,
      );
    },
  };
}

function failuresCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: 500 twice, then it works`,
    proves: 'failures',
    run: async () => {
      const bench = open();
      bench.answerNext({ status: 500, body: { message: 'internal' } }, 2);
      await bench.run(key, action.example as JsonObject);
      check(bench.requests().length >= 3, () => `it gave up or went on too early:\n${told(bench.requests())}`);
    },
  };
}

function unsafeCase([key, action]: Entry, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: 500 is not followed by a second write`,
    proves: 'failures',
    run: async () => {
      const bench = open();
      bench.answerNext({ status: 500, body: { message: 'internal' } }, 1, 'writes');
      const outcome = await bench.run(key, action.example as JsonObject).catch((thrown: unknown) => thrown);
      check(outcome instanceof MillwrightError, () => 'the failure was not told');
      const writes = bench.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');
      check(writes.length === 1, () => `it was sent more than once:\n${told(bench.requests())}`);
    },
  };
}

/** Items that fit in a page, with the field that a keyset goes by. */
function item(action: ConnectorAction, pages: PageSpec, index: number): JsonValue {
  const sample = action.output.sample as JsonValue;
  const inner = isJsonObject(sample) ? sample : {};
  const key = pages.kind === 'keyset' ? { [pages.key]: `key-${index}` } : {};
  return { ...inner, ...key };
}

function pagesCase([key, action]: Entry, pages: PageSpec, open: OpenBench): ConnectorCase {
  return {
    name: `${key}: three pages are read to the end, each once`,
    proves: 'pages',
    run: async () => {
      const bench = open();
      // Pages are full but for the last: some kinds know the end by that.
      const size = pages.size?.[1] ?? 2;
      const page = (length: number, from: number): readonly JsonValue[] =>
        Array.from({ length }, (_, index) => item(action, pages, from + index));
      bench.servePages(pages, [page(size, 0), page(size, size), page(1, 2 * size)]);
      const items = await bench.run(key, { ...(action.example as JsonObject), maxItems: 10_000 });
      assertAccepted(bench.requests());
      check(items.length === 2 * size + 1, () => `${items.length} items came of ${2 * size + 1}`);
    },
  };
}

function accountCase([key, trigger]: readonly [string, ConnectorTriggerSpec], open: OpenBench): ConnectorCase {
  return {
    name: `${key}: whose account it is is asked as the service's description wants it, and deliveries name it by the same word`,
    proves: 'contract',
    run: async () => {
      const bench = open();
      const opened = await bench.openTrigger?.(key, trigger, trigger.example as JsonObject);
      const { asked, delivered } = (await opened?.account?.()) ?? fail('this bench knows no accounts');
      assertAccepted(bench.requests());
      check(
        delivered.length > 0 && delivered.every((account) => account === asked),
        () => `deliveries name ${delivered.join(', ') || 'nobody'}, the service says ${asked}`,
      );
    },
  };
}

function triggerCases({ connector }: ConnectorPackage, open: OpenBench): readonly ConnectorCase[] {
  return Object.entries(connector.triggers).flatMap(([key, trigger]) => {
    if (trigger.webhook === undefined) return [];
    const opened = async (): Promise<NonNullable<Awaited<ReturnType<NonNullable<ConnectorBench['openTrigger']>>>>> => {
      const { openTrigger } = open();
      return openTrigger === undefined ? fail('this bench knows no triggers') : openTrigger(key, trigger, trigger.example as JsonObject);
    };
    const judged =
      (proves: ScenarioName, names: (name: string) => boolean): (() => Promise<void>) =>
      async () => {
        const bench = await opened();
        for (const delivery of bench.deliveries) {
          const came = await bench.receive(delivery);
          if (names(delivery.name))
            check(came === delivery.expect, () => `${proves}: the ${delivery.name} delivery was ${came}, not ${delivery.expect}`);
        }
      };
    const cases: ConnectorCase[] = [
      {
        name: `${key}: a delivery that comes twice starts one run`,
        proves: 'duplicate',
        run: judged('duplicate', (name) => name === 'first' || name === 'duplicate'),
      },
    ];
    if (trigger.webhook.verify.kind !== 'fetch')
      cases.push({
        name: `${key}: forged, altered, unsigned and late deliveries are refused`,
        proves: 'signature',
        run: judged('signature', (name) => name !== 'first' && name !== 'duplicate'),
      });
    if (trigger.webhook.account !== undefined) cases.push(accountCase([key, trigger], open));
    if (trigger.webhook.subscribe !== undefined) {
      cases.push({
        name: `${key}: a subscription that is over is made again`,
        proves: 'expiry',
        run: async () => {
          const alive = await (await opened()).expireAndRenew();
          check(alive === 1, () => `${alive} subscriptions are alive after it, not 1`);
        },
      });
    }
    return cases;
  });
}

/** Everything that a connector must do, as far as it applies to it: each action with its contract, each scenario. */
export function connectorCases(nodePackage: ConnectorPackage, open: OpenBench): readonly ConnectorCase[] {
  const { connector } = nodePackage;
  const entries = Object.entries(connector.actions);
  const again = repeatable(entries);
  const hasToken = Object.values(connector.auth).some(({ kind }) =>
    ['oauth2', 'clientCredentials', 'deviceCode', 'jwt', 'exchange'].includes(kind),
  );
  const lists = entries.flatMap((entry) => {
    const { pages } = entry[1];
    const spec = typeof pages === 'string' ? connector.pages[pages] : pages;
    return spec === undefined || spec.kind === 'single' ? [] : [{ entry, spec }];
  });
  return [
    ...entries.flatMap((entry) => [acceptedCase(entry, open), refusedCase(entry, open)]),
    ...(again === undefined ? [] : [...(hasToken ? [refreshCase(again, open)] : []), rateCase(again, open), failuresCase(again, open)]),
    ...entries.filter(([, { effect }]) => effect !== 'read' && effect.by === 'unsafe').map((entry) => unsafeCase(entry, open)),
    ...lists.map(({ entry, spec }) => pagesCase(entry, spec, open)),
    ...triggerCases(nodePackage, open),
  ];
}
