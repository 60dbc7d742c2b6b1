import type { EchoRecord } from '../../packages/testing/src/index.ts';
import { ended, type Ground } from './ground.ts';

/** What a proof found: figures to show, and what must not be. */
export interface Verdict {
  readonly name: string;
  /** Shown as columns. */
  readonly counts: Readonly<Record<string, number | string>>;
  /** Empty when the rule holds. */
  readonly violations: readonly string[];
}

/** Collects what must not be. */
export class Judge {
  readonly violations: string[] = [];

  expect(holds: boolean, otherwise: string): void {
    if (!holds) this.violations.push(otherwise);
  }

  equal(actual: unknown, wanted: unknown, what: string): void {
    this.expect(
      JSON.stringify(actual) === JSON.stringify(wanted),
      `${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`,
    );
  }
}

/** Waits for the end of the one run of a workflow, which must have succeeded. @param withinMs when to give up */
export async function judgeEnd(
  judge: Judge,
  { databaseUrl }: Ground,
  of: { readonly workflowId: string; readonly withinMs: number },
): Promise<void> {
  const rows = await ended(databaseUrl, [of.workflowId], of.withinMs);
  const statuses = rows.map((row) => row.status);
  judge.equal(statuses, ['succeeded'], 'how the run ended');
}

/** What reached the vendor. */
export interface Effects {
  readonly requests: number;
  /** Different idempotency keys. */
  readonly keys: number;
  /** Requests that repeat a key. */
  readonly repeats: number;
}

/**
 * Counts writes and checks that a key stands for one request and a request for one key.
 * @param wanted how many effects there should be; each has a body of its own
 */
export function judgeEffects(judge: Judge, records: readonly EchoRecord[], wanted: number): Effects {
  const byKey = Map.groupBy(records, (one) => one.key ?? 'no key');
  const byBody = Map.groupBy(records, (one) => `${one.path} ${one.bodyHash}`);
  judge.equal(byBody.size, wanted, 'effects that reached the vendor');
  judge.equal(byKey.size, wanted, 'idempotency keys that reached the vendor');
  judge.expect(!byKey.has('no key'), 'a write without an idempotency key');
  for (const [key, sent] of byKey)
    judge.expect(new Set(sent.map((one) => one.bodyHash)).size === 1, `key ${key} was sent with different bodies`);
  for (const [body, sent] of byBody) judge.expect(new Set(sent.map((one) => one.key)).size === 1, `${body} was sent under different keys`);
  return { requests: records.length, keys: byKey.size, repeats: records.length - byKey.size };
}

/** A table of verdicts for a terminal. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ name, counts, violations }) => {
    const figures = Object.entries(counts).map(([label, value]) => `${label} ${value}`);
    return [violations.length === 0 ? 'ok  ' : 'FAIL', name, figures.join(' · ')] as const;
  });
  const width = Math.max(...rows.map(([, name]) => name.length));
  const lines = rows.map(([mark, name, figures]) => `${mark} ${name.padEnd(width)}  ${figures}`);
  const faults = verdicts.flatMap(({ name, violations }) => violations.slice(0, 12).map((text) => `     ${name}: ${text}`));
  return [...lines, ...faults].join('\n');
}
