import { isJsonObject, type JsonObject } from '@millwright/core';
import { z } from 'zod';
import { parameterProperties } from '../../definition.ts';
import type { Duration } from '../pages.ts';

/** Parameters that every trigger may have beside its own; no connector may take the names. */
export const TRIGGER_PARAMETERS = { way: 'via', first: 'first', pace: 'everySeconds' } as const;

const UNIT_WORDS: Readonly<Record<string, string>> = { ms: 'ms', s: 's', m: 'min', h: 'h', d: 'd' };

function inWords(duration: Duration): string {
  return duration.replace(/(ms|s|m|h|d)$/, (unit) => ` ${UNIT_WORDS[unit] ?? unit}`);
}

/** How events come, where there are two ways. */
export function wayField(every: Duration) {
  return z
    .enum(['webhook', 'poll'])
    .default('webhook')
    .meta({
      title: 'How events come',
      description: 'The service can only call an address that it reaches over the internet; asking works everywhere.',
      field: {
        control: 'options',
        options: { webhook: 'The service calls, at once', poll: `We ask, every ${inWords(every)}` },
        expression: false,
      },
    });
}

/** What a poll begins with. @param isChoice whether events may also come in another way */
export function firstField(isChoice: boolean) {
  const showIf = isChoice ? { showIf: { parameter: TRIGGER_PARAMETERS.way, in: ['poll'] } } : {};
  return z
    .enum(['new', 'all'])
    .default('new')
    .meta({
      title: 'At first',
      description: 'What counts when the workflow begins to listen.',
      field: {
        control: 'options',
        options: { new: 'Only what happens from then on', all: 'Also what is there already' },
        expression: false,
        ...showIf,
      },
    });
}

/** How often is asked. @param seconds the default */
export function paceField(seconds: number) {
  return z
    .int()
    .min(10)
    .max(86_400)
    .default(seconds)
    .meta({ title: 'Ask every', description: 'Seconds, 10 at least.', field: { control: 'number', expression: false } });
}

/** Triggers have nothing that an expression could read. */
export function withoutExpressions(parameters: JsonObject): JsonObject {
  const properties = Object.entries(parameterProperties(parameters)).map(([name, property]) => {
    const hints = property['field'];
    return [name, { ...property, field: { ...(isJsonObject(hints) ? hints : {}), expression: false } }];
  });
  return { ...parameters, properties: Object.fromEntries(properties) as JsonObject };
}
