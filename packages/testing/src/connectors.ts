/**
 * The conformance suite of connectors, with what it runs against: the service's own description (`contract-mock`) and the real runtime.
 * A subpath of its own, as nothing else here is needed for it.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnectorRuntime, type CredentialLender, type LentCredential } from '@millwright/connector-runtime';
import {
  ContractMock,
  REFUSAL_HEADER,
  pagesOf,
  type ContractMockOptions,
  type MockRequest,
  type MockResponse,
} from '@millwright/contract-mock';
import type { Clock } from '@millwright/core';
import type { AuthSpec, ConnectorPackage } from '@millwright/node-sdk';
import { connectorCases, runAction, type ConnectorBench, type ConnectorCase } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { openTrigger, type TriggerProof } from './conformance/trigger-bench.ts';

/** What a connector is proved against. */
export interface ConnectorProof {
  /** Below the folder of descriptions (`github/rest.json`), or an absolute file of one's own. */
  readonly contract: string;
  readonly mock?: ContractMockOptions;
  /** Answers in place of the description, which then only judges: a stand-in by the vendor. */
  readonly forward?: (request: MockRequest) => Promise<MockResponse>;
  /** What its triggers get, by key. */
  readonly triggers?: Readonly<Record<string, TriggerProof>>;
}

const TOKEN_KINDS = new Set(['oauth2', 'clientCredentials', 'deviceCode', 'jwt', 'exchange']);
const SPECS = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url));
const KEY = 'conformance-suite-key-of-36-characters'.slice(0, 36);
const CREDENTIAL = { workspaceId: 'ws_suite', credentialId: 'cred_suite' };
const NOW_MS = Date.UTC(2026, 0, 31);

/** A service's token and its renewal, in memory. */
class SuiteLender implements CredentialLender {
  readonly #package: ConnectorPackage;
  #generation = 0;

  constructor(nodePackage: ConnectorPackage) {
    this.#package = nodePackage;
  }

  get hasToken(): boolean {
    return TOKEN_KINDS.has(this.#type.auth.kind);
  }

  get token(): string {
    return `suite-token-${this.#generation}`;
  }

  // Arrows, so that they can be handed on alone.
  readonly lend = <T>(_ref: unknown, work: (lent: LentCredential) => Promise<T>): Promise<T> => work(this.#lent());

  readonly renew = (_ref: unknown, generation: number): Promise<void> => {
    if (generation === this.#generation) this.#generation += 1;
    return Promise.resolve();
  };

  /** One whose token can be renewed where there is one. */
  get #type() {
    const { credentialTypes, connector } = this.#package;
    const none: AuthSpec = { kind: 'none', label: '', fields: [] };
    return (
      credentialTypes.find(({ auth }) => TOKEN_KINDS.has(auth.kind)) ??
      credentialTypes[0] ?? { type: `${connector.key}.none`, auth: none, hosts: connector.hosts }
    );
  }

  #lent(): LentCredential {
    const { auth, type, hosts } = this.#type;
    const fields = Object.fromEntries(auth.fields.map(({ name }) => [name, `suite-${name.toLowerCase()}`]));
    const token = { accessToken: this.token, tokenType: 'Bearer', expiresAtMs: null, extra: {} };
    return {
      credentialId: CREDENTIAL.credentialId,
      type,
      auth,
      fields,
      hosts,
      ...(this.hasToken ? { token } : {}),
      generation: this.#generation,
    };
  }
}

/** Time that passes only when somebody waits. */
function suiteTime(): { readonly clock: Clock; readonly sleep: (ms: number) => Promise<void>; readonly waits: readonly number[] } {
  const waits: number[] = [];
  let passedMs = 0;
  return {
    clock: { nowMs: () => NOW_MS + passedMs, monotonicMs: () => passedMs },
    sleep: (ms) => {
      waits.push(ms);
      passedMs += ms;
      return Promise.resolve();
    },
    waits,
  };
}

/** A stand-in for the service, the real runtime before it, and no time that passes by itself. */
export function openConnectorBench(nodePackage: ConnectorPackage, description: string, proof: ConnectorProof): ConnectorBench {
  let mock = new ContractMock(description, proof.mock);
  const lender = new SuiteLender(nodePackage);
  const { clock, sleep, waits } = suiteTime();
  const request = async (sent: MockRequest): Promise<MockResponse> => {
    const answer = await mock.request(sent);
    return answer.headers[REFUSAL_HEADER] === undefined && proof.forward !== undefined ? proof.forward(sent) : answer;
  };
  const runtime = createConnectorRuntime({ egress: { request }, lender, clock, sleep });
  return {
    run: async (actionKey, parameters) => {
      const type = `${nodePackage.key}.${actionKey}`;
      const node = nodePackage.nodes.find(({ info, kind }) => info.type === type && kind !== 'trigger');
      if (node === undefined || node.kind === 'trigger') throw new Error(`${type} is no action`);
      const connector = runtime.forCall({ credential: CREDENTIAL, attempt: 1, beforeSend: () => Promise.resolve() });
      const { ports } = await runAction(node, {
        parameters,
        connector,
        nowMs: NOW_MS,
        idempotencyKey: node.info.effect === 'write' ? KEY : null,
      });
      return ports['main'] ?? [];
    },
    requests: () =>
      mock.calls.map(({ request: { method, url, headers }, refusal }) => {
        const faults = refusal?.faults.map(({ at, message }) => `${at}: ${message}`).join('; ');
        return { method, url: url.href, headers, refusal: refusal === null ? null : `${refusal.code}: ${faults ?? ''}` };
      }),
    waits: () => waits,
    expireToken: () => {
      if (!lender.hasToken) return false;
      const stale = lender.token;
      mock.play({
        rules: [
          {
            answer: ({ request }) =>
              JSON.stringify([request.headers, request.url.href]).includes(stale)
                ? { status: 401, body: { message: 'Bad credentials' } }
                : null,
          },
        ],
      });
      return true;
    },
    answerNext: ({ status, headers = {}, body }, times, which = 'all') => {
      let left = times;
      const isMeant = (method: string): boolean => which === 'all' || (method !== 'GET' && method !== 'HEAD');
      const given = { status, headers, ...(body === undefined ? {} : { body }) };
      mock.play({ rules: [{ answer: ({ request }) => (isMeant(request.method) && left-- > 0 ? given : null) }] });
    },
    servePages: (pages, items) => {
      // The stand-in's further addresses carry a mark of its own, which no description knows.
      if (pages.kind === 'link' || pages.kind === 'nextUrl') mock = new ContractMock(description, { ...proof.mock, strict: false });
      mock.play(pagesOf({ pages, items }));
    },
    openTrigger: (key, trigger, parameters) => {
      const own = proof.triggers?.[key];
      if (own === undefined) throw new Error(`describeConnector: say in triggers["${key}"] what a delivery looks like`);
      const { connector } = nodePackage;
      return openTrigger({ connector, runtime, mock, credential: CREDENTIAL, nowMs: NOW_MS }, { key, trigger, parameters, proof: own });
    },
  };
}

/** Reads a description; null where the folder with them is absent. */
export function readContract(contract: string): string | null {
  const file = contract.startsWith('/') ? contract : `${SPECS}${contract}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** What a test of the suite leaves behind for `npm run connectors`. */
export interface CaseMeta {
  readonly key: string;
  readonly proves: ConnectorCase['proves'];
  /** Whether the description is the service's own, and not one that was written from its reference. */
  readonly isVendors: boolean;
  /** Requests that the description accepted. */
  readonly accepted: number;
}

declare module 'vitest' {
  interface TaskMeta {
    connector?: CaseMeta;
  }
}

/** Set by `npm run connectors`, which writes what the suites prove: what was written before is not compared then. */
const IS_PROVING = process.env['MILLWRIGHT_PROVING'] === '1';

/** What `npm run connectors` kept beside a connector's sources; null: nothing yet. @param suite its test file */
function keptProof(suite: string): unknown {
  let folder = path.dirname(suite);
  while (!existsSync(path.join(folder, 'package.json')) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  const file = path.join(folder, 'proof.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Registers the conformance suite of a connector: each action, each scenario that applies. Without the description it is skipped, and says so. */
export function describeConnector(nodePackage: ConnectorPackage, proof: ConnectorProof): void {
  const description = readContract(proof.contract);
  const isAbsent = description === null;
  const opened: ConnectorBench[] = [];
  let contractRequests = 0;
  const cases = connectorCases(nodePackage, () => {
    const bench = openConnectorBench(nodePackage, description ?? '', proof);
    opened.push(bench);
    return bench;
  });
  const what = isAbsent ? `not proved, ${proof.contract} is absent: ` : '';
  describe(`connector ${nodePackage.connector.title}`, () => {
    for (const { name, proves, run } of cases) {
      const meta: CaseMeta = { key: nodePackage.connector.key, proves, isVendors: !proof.contract.startsWith('/'), accepted: 0 };
      it.skipIf(isAbsent)(`${what}${name}`, { meta: { connector: meta } }, async ({ task }) => {
        opened.length = 0;
        expect(await run()).toBeUndefined();
        const accepted = opened.flatMap((bench) => bench.requests()).filter(({ refusal }) => refusal === null);
        task.meta.connector = { ...meta, accepted: accepted.length };
        if (proves === 'contract') contractRequests += accepted.length;
      });
    }
    // The page of connectors shows what was kept: it must be what is proved here.
    for (const compared of isAbsent || IS_PROVING ? [] : ['proof.json'])
      it(`${compared} says what this suite proves; run \`npm run connectors\` where it does not`, ({ task }) => {
        const scenarios = new Set(cases.map(({ proves }) => proves).filter((one) => one !== 'contract' && one !== 'badInput')).size;
        const counts = { scenariosPassed: scenarios, scenariosApplicable: scenarios, contractRequests };
        expect(keptProof(task.file.filepath) ?? counts).toMatchObject(counts);
      });
  });
}
