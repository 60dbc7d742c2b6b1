import { describe, expect, it } from 'vitest';
import { type FaultCatalog, problemWords, runErrorWords } from './fault-words.ts';
import german from './locales/de.ts';

type Sources = Readonly<Record<string, string>>;

/** What the server's code can say, read from its source so that a new code without German words fails here. */
const sources = {
  compile: import.meta.glob<string>(['../../../../packages/engine/src/compile/**/*.ts', '!**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  control: import.meta.glob<string>(['../../../../packages/engine/src/{advance,control}/**/*.ts', '!**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  expressions: import.meta.glob<string>('../../../../packages/expressions/src/**/errors.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  egress: import.meta.glob<string>(['../../../../packages/egress/src/**/*.ts', '!**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  executor: import.meta.glob<string>(['../../../../packages/executor/src/**/*.ts', '!**/*.test.ts', '!**/testing/**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  programs: import.meta.glob<string>(['../../../../packages/code-runner/src/**/*.ts', '!**/*.test.ts'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  nodes: import.meta.glob<string>(
    ['../../../../nodes/core-*/src/**/*.ts', '../../../../temporal/activities/src/**/*.ts', '!**/*.test.ts'],
    { query: '?raw', import: 'default', eager: true },
  ),
} satisfies Readonly<Record<string, Sources>>;

function found(files: Sources, pattern: RegExp): readonly string[] {
  const codes = Object.values(files).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  return [...new Set(codes)].toSorted();
}

const CODE = /code: (?:[\w.?! ]+\? ?\?? ?)?'([a-z]+_[a-z_]+)'/g;

/** Codes that no person meets: faults of the program itself, told as `node_broken`, and a setting that is checked at start. */
const INTERNAL: ReadonlySet<string> = new Set([
  'event_without_state',
  'event_without_activation',
  'plan_without_node',
  'outcome_order',
  'replay_mismatch',
  'segment_not_open',
  'items_lost',
  'egress_allow_invalid',
  'code_port_missing',
  'code_runner_lost',
  'code_walls_too_low',
]);

describe('German words of findings', () => {
  const expressionCodes = found(sources.expressions, /'(expression_[a-z_]+)'/g);
  it('exist for everything that publishing can find', () => {
    const codes = [
      ...found(sources.compile, CODE),
      ...found(sources.compile, /: '((?:parameter|expression)_[a-z_]+)'/g),
      ...expressionCodes,
    ];
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !german.problem[code])).toEqual([]);
  });

  it('exist for every error that a run can end with', () => {
    const codes = [
      ...expressionCodes,
      ...found(sources.egress, /'(egress_[a-z_]+)'/g),
      ...found(sources.programs, /'(code_[a-z_]+)'/g),
      ...[sources.control, sources.executor, sources.nodes].flatMap((files) => found(files, CODE)),
    ].filter((code) => !INTERNAL.has(code));
    expect(codes.length).toBeGreaterThan(40);
    expect(codes.filter((code) => !german.run[code])).toEqual([]);
  });
});

const catalog: FaultCatalog = {
  has: (key) => key === 'problem.known.text' || key === 'run.http_status_4xx.text',
  say: (key, values) => `${key} ${JSON.stringify(values)}`,
};

describe('words of a finding or an error', () => {
  it('are ours where the catalogue has the code, with its values', () => {
    const problem = { code: 'known', level: 'error', text: 'English', values: { title: 'Address' } } as const;
    expect(problemWords(problem, catalog, 'Adresse').text).toBe('problem.known.text {"title":"Adresse"}');
    expect(runErrorWords({ code: 'http_status_418', message: 'POST x answered with status 418' }, catalog)).toMatchObject({
      text: 'run.http_status_4xx.text {"status":"418"}',
      original: 'POST x answered with status 418',
    });
  });

  it("are the server's English for every other code", () => {
    expect(problemWords({ code: 'new', level: 'error', text: 'English', hint: 'Do it.' }, catalog)).toEqual({
      text: 'English',
      hint: 'Do it.',
    });
    expect(runErrorWords({ code: 'new', message: 'English' }, catalog)).toEqual({ text: 'English', hint: '' });
  });
});
