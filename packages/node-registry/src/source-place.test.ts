import { describe, expect, it } from 'vitest';
import { sourcePlace } from './source-place.ts';

function thrown(...frames: readonly string[]): Error {
  return Object.assign(new Error('x'), { stack: ['Error: x', ...frames.map((frame) => `    at ${frame}`)].join('\n') });
}

describe('the place where something was thrown', () => {
  it('is the innermost call that is written in the package, whatever address it was loaded by', () => {
    const error = thrown(
      'check (file:///checkout/packages/node-sdk/src/a.ts:1:2)',
      'async run (file:///checkout/nodes/acme/src/a%20b.ts?state=f00:12:9)',
      'file:///checkout/nodes/acme/src/index.ts:3:1',
    );
    expect(sourcePlace(error, ['/checkout/nodes'])).toEqual({ file: '/checkout/nodes/acme/src/a b.ts', line: 12, column: 9 });
  });

  it('is none for what was thrown elsewhere, in a dependency, or is no error', () => {
    expect(sourcePlace(thrown('x (file:///checkout/nodes2/a.ts:1:2)'), ['/checkout/nodes'])).toBeNull();
    expect(sourcePlace(thrown('x (file:///checkout/nodes/a/node_modules/b/c.js:1:2)'), ['/checkout/nodes'])).toBeNull();
    expect(sourcePlace('a text', ['/'])).toBeNull();
  });
});
