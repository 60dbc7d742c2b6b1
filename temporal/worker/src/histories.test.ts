import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject, type JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';

const HISTORIES = path.resolve(import.meta.dirname, '../../histories');
const JOURNALS = path.resolve(import.meta.dirname, '../../../packages/engine/journals');

/** What a history shows, in the order of its events: their types, and what their payloads say. */
type Told = string;

/** Each feature of the engine, and what a history of a run that used it must show. */
const FEATURES: Readonly<Record<string, (told: Told) => boolean>> = {
  branch: (told) => /"type":"core\.(?:if|switch)"/.test(told),
  join: (told) => told.includes('"type":"core.merge"'),
  loop: (told) => told.includes('"type":"core.loop"'),
  map: (told) => told.includes('"type":"core.map"') && told.includes('"pieces"'),
  try: (told) => told.includes('"type":"core.try"') && told.includes('"phase":"catch"'),
  compensation: (told) => told.includes('"type":"core.compensate"') && told.includes('"phase":"undo"'),
  retry: (told) => told.includes('"kind":"retry"'),
  'timeout of a node': (told) => told.includes('"timeoutMs":100,') && told.includes('"status":"failed"'),
  'timeout of a run': (told) => /"timeoutMs":1000,/.test(told) && told.includes('"kind":"timer"') && told.includes('"status":"failed"'),
  wait: (told) => told.includes('"kind":"timer"') && told.includes('TIMER_FIRED'),
  child: (told) => told.includes('"kind":"child"'),
  cancel: (told) => told.includes('"status":"canceled"'),
  // A run that waits for a time, but for nobody knows how long.
  pause: (told) => /"kind":"timer"(?:(?!EVENT_TYPE).)*"untilMs":null/s.test(told),
  unpause: (told) => /"kind":"timer"(?:(?!EVENT_TYPE).)*"untilMs":null.*SIGNALED.*"kind":"ended","status":"succeeded"/s.test(told),
  'a dead credential': (told) => /"kind":"credential".*SIGNALED.*"kind":"ended","status":"succeeded"/s.test(told),
  resume: (told) => told.includes('"resumes":{'),
  'continue-as-new': (told) => told.includes('continuedExecutionRunId') && told.includes('"segment":'),
  'segment run twice': (told) => told.includes('WORKFLOW_TASK_FAILED'),
  'remote call': (told) => told.includes('ACTIVITY_TASK_COMPLETED'),
};

function read(folder: string): readonly { readonly name: string; readonly told: Told }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.map((name) => ({ name, told: tellOf(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as JsonValue) }));
}

function tellOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(tellOf).join('\n');
  if (!isJsonObject(value)) return typeof value === 'string' && value.startsWith('EVENT_TYPE') ? value : '';
  const { data, metadata } = value;
  if (typeof data === 'string' && metadata !== undefined) return Buffer.from(data, 'base64').toString();
  return Object.entries(value)
    .map(([key, inner]) => (key === 'continuedExecutionRunId' && inner !== '' ? key : tellOf(inner)))
    .join('\n');
}

/** Features of which no history is there. */
function missing(histories: readonly Told[]): readonly string[] {
  return Object.entries(FEATURES).flatMap(([feature, isShown]) => (histories.some(isShown) ? [] : [feature]));
}

describe('recorded histories', () => {
  const histories = read(HISTORIES);

  it('show each feature of the engine at least once', () => {
    expect(missing(histories.map(({ told }) => told))).toEqual([]);
  });

  it.each(Object.keys(FEATURES))('a missing one is told by its feature: %s', (feature) => {
    const others = histories.filter(({ told }) => FEATURES[feature]?.(told) === false);
    expect(missing(others.map(({ told }) => told))).toContain(feature);
    expect(others.length).toBeGreaterThan(histories.length / 4);
  });

  it('of the last recording have a journal of the engine each', () => {
    const last = (names: readonly string[]): string => names.toSorted().at(-1) ?? '';
    const journaled = readdirSync(JOURNALS).filter((name) => !name.includes('.'));
    const folder = last(journaled);
    expect(readdirSync(path.join(JOURNALS, folder)).toSorted()).toEqual(readdirSync(path.join(HISTORIES, folder)).toSorted());
  });
});
