import { describe, expect, it } from 'vitest';
import { compileTemplate, ExpressionError, type Profile } from './index.ts';
import { escapes, hostileScope } from './testing/escapes.ts';
import { hostChanges, hostState, reachOf } from './testing/reach.ts';

const corpus = escapes();
const scope = hostileScope();
const items = JSON.stringify(scope.items);
const host = hostState();

function outcomeOf(expression: string, profile: Profile): string {
  try {
    return typeof JSON.stringify(compileTemplate(`{{ ${expression} }}`, { profile }).evaluate(scope)) === 'string' ? 'data' : 'no data';
  } catch (error) {
    if (!(error instanceof ExpressionError)) return String(error);
    return error.start === undefined || error.end === undefined ? 'typed error without position' : 'typed error with position';
  }
}

describe.each(['millwright', 'n8n'] as const)('escapes, read as %s', (profile) => {
  it.each(corpus.map(({ file, expression }) => [file, expression]))('%s: the guest holds nothing of the host: %s', (_file, expression) => {
    expect(reachOf(expression, scope, profile).objections).toEqual([]);
    expect(JSON.stringify(scope.items)).toBe(items);
  });

  it.each(corpus.map(({ file, expression }) => [file, expression]))('%s: data or a typed error comes of %s', (_file, expression) => {
    expect(outcomeOf(expression, profile)).toMatch(/^(?:data|typed error with position)$/u);
  });

  it('leave classes, prototypes and namespaces of the host as they were', () => {
    expect(hostChanges(host)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });
});

it('the look at what a guest holds finds what it should', () => {
  const leaking = { ...scope, vars: { f: Math.max as never, p: Object.prototype as never, d: new Date(0) as never } };
  for (const name of ['f', 'p', 'd']) expect(reachOf(`$vars.${name}`, leaking, 'millwright').objections).not.toEqual([]);
});
