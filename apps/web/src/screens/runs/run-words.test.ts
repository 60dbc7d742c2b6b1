import type { WaitsFor } from '@millwright/workflow';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFormat } from '../../i18n/format.ts';
import core from '../../i18n/locales/en.ts';
import runs from './locales/en.ts';
import { outcomeWords, waitsForWords } from './run-words.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const format = createFormat('en', 'UTC');
const ended = {
  id: 'r',
  workflowId: 'w',
  workflowName: 'n',
  versionId: 'v',
  versionNumber: 1,
  waitsFor: null,
  mode: 'manual',
  startedAt: '',
  finishedAt: null,
  durationMs: null,
} as const;

beforeAll(async () => {
  await i18next.init({ lng: 'en', ns: ['core', 'runs'], defaultNS: 'core', resources: { en: { core, runs } } });
});

const waits = (waitsFor: WaitsFor) => waitsForWords(waitsFor, i18next.getFixedT('en', 'core'), { format, nowMs: NOW });

describe('waitsForWords', () => {
  it('says the time of day for a timer that ends soon, and the date for a later one', () => {
    expect(waits({ kind: 'timer', untilMs: NOW + 60_000 })).toBe('Waits until 12:01:00 PM');
    expect(waits({ kind: 'timer', untilMs: NOW + 3 * 86_400_000 })).toContain('Nov 24, 2026');
  });
  it('never says that a retry lies in the past', () => {
    expect(waits({ kind: 'retry', untilMs: NOW + 90_000 })).toBe('Tries again in 2 minutes');
    expect(waits({ kind: 'retry', untilMs: NOW - 1 })).toBe('Tries again shortly');
  });
  it('names the person who must act', () => {
    expect(waits({ kind: 'approval', who: 'Nora' })).toBe('Waits for a decision by Nora');
  });
});

describe('outcomeWords', () => {
  const english = { has: () => false, say: () => '' };
  const t = () => i18next.getFixedT('en', 'runs');
  it('is silent about a run that succeeded', () => {
    expect(outcomeWords({ ...ended, status: 'succeeded', reason: null, error: null }, t(), english)).toBe('');
  });
  it('counts items from one', () => {
    const error = { code: 'x', message: 'no such channel', itemIndex: 0 };
    expect(outcomeWords({ ...ended, status: 'failed', reason: 'error', error }, t(), english)).toBe('Item 1: no such channel');
  });
  it('says why a run was canceled', () => {
    expect(outcomeWords({ ...ended, status: 'canceled', reason: 'user', error: null }, t(), english)).toBe('A person canceled it.');
  });
});
