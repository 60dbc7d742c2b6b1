import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Settings } from 'luxon';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bothOf } from './testing/judge.ts';

/** One a line. */
const expressions = readFileSync(path.join(import.meta.dirname, 'testing', 'plausible.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

let zone: typeof Settings.defaultZone;
let locale: string;
beforeAll(() => {
  zone = Settings.defaultZone;
  locale = Settings.defaultLocale;
  // As expressions have them.
  Settings.defaultZone = 'utc';
  Settings.defaultLocale = 'en-US';
});
afterAll(() => {
  Settings.defaultZone = zone;
  Settings.defaultLocale = locale;
});

it.each(expressions)('%s gives what V8 and Luxon give', (expression) => {
  const { ours, theirs } = bothOf(expression);
  expect(ours).toEqual(theirs);
});
