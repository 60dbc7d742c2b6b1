import { spawn } from 'node:child_process';
import path from 'node:path';

/** One request that reached the echo. */
export interface EchoRecord {
  readonly path: string;
  readonly method: string;
  /** Its `Idempotency-Key`. */
  readonly key: string | null;
  /** SHA-256 of the body, hex. */
  readonly bodyHash: string;
  /** Ms since 1970. */
  readonly atMs: number;
  /** `dropped`: handled, but the answer was kept back. `gone`: the caller went before it was answered. */
  readonly end: 'open' | 'answered' | 'dropped' | 'gone';
}

/** What happens to requests below a path; the first rule with times left counts. */
export interface EchoRule {
  readonly path: string;
  /** Default: always. */
  readonly times?: number;
  /** Held until `release`. */
  readonly isHeld?: boolean;
  readonly delayMs?: number;
  /** Status of the answer. Default 200. */
  readonly status?: number;
  /** Handled, then the socket is destroyed instead of an answer. */
  readonly isDropped?: boolean;
  /** Kills `pid` when the request is here, or as soon as its answer has left. */
  readonly killAt?: 'arrival' | 'answer';
  readonly pid?: number;
}

/** The vendor that proofs call, a process of its own; what it wrote down survives the product. */
export interface Echo {
  readonly url: string;
  /** `host:port`, for the product's allow list. */
  readonly host: string;
  readonly rule: (rule: EchoRule) => Promise<void>;
  /** Lets held requests below a path go, later ones too. */
  readonly release: (below: string) => Promise<void>;
  /** Requests below a path, in the order in which they came. */
  readonly records: (below: string) => Promise<readonly EchoRecord[]>;
  readonly stop: () => void;
}

/** Starts it on a free port. */
export async function startEcho(): Promise<Echo> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'echo-server.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('message', (message: { readonly port: number }) => resolve(message.port));
  child.once('exit', (code) => reject(new Error(`the echo ended with ${code}`)));
  const host = `127.0.0.1:${await promise}`;
  const tell = async (what: string, told: unknown): Promise<unknown> =>
    (await fetch(`http://${host}/_${what}`, { method: 'POST', body: JSON.stringify(told) })).json();
  return {
    url: `http://${host}`,
    host,
    rule: async (rule) => void (await tell('rule', rule)),
    release: async (below) => void (await tell('release', { path: below })),
    records: async (below) => (await tell('records', { path: below })) as readonly EchoRecord[],
    stop: () => void child.kill('SIGKILL'),
  };
}
