import { listOperations, readDescription, type Description, type OperationEntry } from '@millwright/openapi';
import { describedAnswer, encodeAnswer, type MockAnswer } from './answer.ts';
import { RequestCheck, type CheckResult } from './check-request.ts';
import {
  receive,
  type MockCall,
  type MockPort,
  type MockRequest,
  type MockResponse,
  type ReceivedRequest,
  type Refusal,
} from './exchange.ts';
import { concerns, type AcceptedRequest, type OutsideRule, type Scenario, type ScenarioRule } from './rules.ts';

/** How a description is served. */
export interface ContractMockOptions {
  /** Refuse query names and body fields that are not described. Default true. */
  readonly strict?: boolean;
  /** Where requests go in place of the described servers. Default those. */
  readonly baseUrl?: string;
  /** A bearer token is enough whatever the description says: some vendors describe an older way. Default false. */
  readonly alsoBearer?: boolean;
  /** Path parameters that may hold slashes as they are (`path` of GitHub's contents). Default none. */
  readonly spanning?: readonly string[];
  /** Answers by `METHOD /path` or `operationId`, in place of those from the description. */
  readonly answers?: Readonly<Record<string, MockAnswer | ((accepted: AcceptedRequest) => MockAnswer)>>;
}

/** Tells refusals from answers of the vendor: set on every refusal, with its code. */
export const REFUSAL_HEADER = 'x-contract-refusal';

function refusalAnswer(refusal: Refusal): MockAnswer {
  const faults = refusal.faults.map(({ at, message }) => ({ at, message }));
  return {
    status: refusal.status,
    headers: { 'content-type': 'application/problem+json', [REFUSAL_HEADER]: refusal.code },
    body: { code: refusal.code, title: faults.map(({ at, message }) => `${at}: ${message}`).join('; '), faults },
  };
}

/** Serves one API description in process, keeps what it was asked, and refuses what breaks the description. */
export class ContractMock implements MockPort {
  readonly operations: readonly OperationEntry[];
  readonly #description: Description;
  readonly #check: RequestCheck;
  readonly #answers: NonNullable<ContractMockOptions['answers']>;
  readonly #calls: MockCall[] = [];
  #rules: readonly ScenarioRule[] = [];
  #outside: readonly OutsideRule[] = [];

  /** @param description text (JSON or YAML) or one that is read already @throws UserError when the text cannot be read */
  constructor(description: string | Description, options: ContractMockOptions = {}) {
    this.#description = typeof description === 'string' ? readDescription(description) : description;
    this.operations = listOperations(this.#description);
    this.#answers = options.answers ?? {};
    this.#check = new RequestCheck(this.#description, this.operations, {
      isStrict: options.strict ?? true,
      alsoBearer: options.alsoBearer ?? false,
      baseUrl: options.baseUrl ?? null,
      spanning: new Set(options.spanning),
    });
  }

  /** Everything that came, in order. */
  get calls(): readonly MockCall[] {
    return this.#calls;
  }

  /** The calls that broke the description; a connector's test wants this empty. */
  get refused(): readonly MockCall[] {
    return this.#calls.filter(({ refusal }) => refusal !== null);
  }

  /** Adds a scenario; those that were added later are asked first. */
  play(scenario: Scenario): void {
    this.#rules = [...(scenario.rules ?? []), ...this.#rules];
    this.#outside = [...(scenario.outside ?? []), ...this.#outside];
  }

  /** Ends all scenarios and forgets all calls. */
  reset(): void {
    this.#calls.length = 0;
    this.#rules = [];
    this.#outside = [];
  }

  /** Answers a request; never throws for what it says. An arrow, so that it can be handed on alone. */
  readonly request = async (request: MockRequest): Promise<MockResponse> => {
    const received = receive(request);
    const { result, answer } = this.#answer(received);
    const response: MockResponse = { ...encodeAnswer(answer), url: received.url.href };
    this.#calls.push({ request: received, operation: result.entry, decoded: result.decoded, refusal: result.refusal, response });
    return Promise.resolve(response);
  };

  #answer(received: ReceivedRequest): { readonly result: CheckResult; readonly answer: MockAnswer } {
    for (const rule of this.#outside) {
      const answer = received.url.href.startsWith(rule.url) ? rule.answer(received) : null;
      if (answer !== null) return { result: { entry: null, operation: null, decoded: null, refusal: null }, answer };
    }
    const result = this.#check.check(received);
    if (result.refusal !== null) return { result, answer: refusalAnswer(result.refusal) };
    const scripted = this.#scripted(result, received);
    return scripted ?? { result, answer: this.#described(result, received) };
  }

  #accepted({ entry, decoded }: CheckResult, request: ReceivedRequest): AcceptedRequest | null {
    if (entry === null || decoded === null) return null;
    return { request, decoded, operation: `${entry.method} ${entry.path}`, operationId: entry.id };
  }

  #scripted(result: CheckResult, received: ReceivedRequest): { readonly result: CheckResult; readonly answer: MockAnswer } | null {
    const accepted = this.#accepted(result, received);
    if (accepted === null) return null;
    for (const rule of this.#rules) {
      const answer = concerns(rule, accepted) ? rule.answer(accepted) : null;
      if (answer === null) continue;
      if (answer.headers?.[REFUSAL_HEADER] === undefined) return { result, answer };
      const refusal: Refusal = {
        code: 'contract_scenario',
        status: answer.status ?? 400,
        faults: [{ at: 'scenario', message: typeof answer.body === 'string' ? answer.body : 'refused' }],
      };
      return { result: { ...result, refusal }, answer: refusalAnswer(refusal) };
    }
    return null;
  }

  #described(result: CheckResult, received: ReceivedRequest): MockAnswer {
    const accepted = this.#accepted(result, received);
    if (accepted === null || result.operation === null) return { status: 200 };
    const own = this.#answers[accepted.operation] ?? this.#answers[accepted.operationId ?? ''];
    if (own !== undefined) return typeof own === 'function' ? own(accepted) : own;
    const made = describedAnswer(this.#description, result.operation);
    return received.method === 'HEAD' ? { ...made, body: new Uint8Array() } : made;
  }
}

/** An answer by which a scenario says that the request was wrong: it is kept as a refusal. */
export function scenarioRefusal(message: string): MockAnswer {
  return { status: 400, headers: { [REFUSAL_HEADER]: 'contract_scenario' }, body: message };
}
