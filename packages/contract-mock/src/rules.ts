import type { MockAnswer } from './answer.ts';
import type { DecodedRequest, ReceivedRequest } from './exchange.ts';

/** A request that the description accepts, as a rule sees it. */
export interface AcceptedRequest {
  readonly request: ReceivedRequest;
  readonly decoded: DecodedRequest;
  /** `METHOD /path`. */
  readonly operation: string;
  readonly operationId: string | null;
}

/** Answers accepted requests in place of the description; null leaves it to the next rule. */
export interface ScenarioRule {
  /** `METHOD /path` as the description writes it, or an `operationId`. Default every operation. */
  readonly operation?: string;
  readonly answer: (accepted: AcceptedRequest) => MockAnswer | null;
}

/** Answers requests to addresses that the description does not have: a token endpoint. */
export interface OutsideRule {
  /** Whole addresses that begin with it. */
  readonly url: string;
  readonly answer: (request: ReceivedRequest) => MockAnswer | null;
}

/** Rules that belong together. */
export interface Scenario {
  readonly rules?: readonly ScenarioRule[];
  readonly outside?: readonly OutsideRule[];
}

/** Whether a rule is about an operation. */
export function concerns(rule: ScenarioRule, accepted: AcceptedRequest): boolean {
  return rule.operation === undefined || rule.operation === accepted.operation || rule.operation === accepted.operationId;
}
