import type { JsonObject, JsonValue } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import type { ConnectorTriggerSpec } from '../connector/triggers.ts';
import type { PageSpec } from '../connector/pages.ts';

/** A request that the service's stand-in got. */
export interface BenchRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Why the description refuses it; null when it accepts it. */
  readonly refusal: string | null;
}

/** An answer in place of the description's. */
export interface BenchAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

/** A delivery of a webhook, and what may come of it. */
export interface BenchDelivery {
  readonly name: string;
  readonly expect: 'accepted' | 'ignored' | 'refused';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What the conformance suite needs: a stand-in for the service that refuses what its description refuses, and a runtime. One per case. */
export interface ConnectorBench {
  /** Runs an action with a credential of the first kind, which holds a token where that kind has one. */
  readonly run: (actionKey: string, parameters: JsonObject) => Promise<readonly Item[]>;
  /** What came, in order. */
  readonly requests: () => readonly BenchRequest[];
  /** Ms that the runtime waited, in order. */
  readonly waits: () => readonly number[];
  /** The service refuses the credential's token until it is renewed. @returns false when the connector's kinds have none */
  readonly expireToken: () => boolean;
  /** The next requests, or only those that change something, are answered so. */
  readonly answerNext: (answer: BenchAnswer, times: number, which?: 'all' | 'writes') => void;
  /** The service has these pages. */
  readonly servePages: (pages: PageSpec, items: readonly (readonly JsonValue[])[]) => void;
  /** Switches a trigger on. Absent: this bench knows no triggers. */
  readonly openTrigger?: (key: string, trigger: ConnectorTriggerSpec, parameters: JsonObject) => Promise<TriggerBench>;
}

/** A trigger that is switched on. */
export interface TriggerBench {
  /** Deliveries that every receiver must tell apart. */
  readonly deliveries: readonly BenchDelivery[];
  /** What the receiver makes of one. */
  readonly receive: (delivery: BenchDelivery) => Promise<'accepted' | 'ignored' | 'refused'>;
  /** The service forgets the subscription; then it is looked after as when its time comes. @returns how many are alive after it */
  readonly expireAndRenew: () => Promise<number>;
  /**
   * Of a trigger whose events come to the address of the client app: whose account the service says that the credential is, and whose the
   * events of the first delivery are. Absent: this bench knows no such triggers.
   */
  readonly account?: () => Promise<{ readonly asked: string; readonly delivered: readonly (string | null)[] }>;
}
