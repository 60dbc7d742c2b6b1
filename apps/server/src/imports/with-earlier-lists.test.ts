import { runnersOf } from '@millwright/node-registry';
import { action, bearer, defineConnector, list, z, type ConnectorPackage } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { withEarlierLists } from './with-earlier-lists.ts';

/** A version of a connector with lists of these names, read below an address of its own. */
function version(baseUrl: string, ...names: readonly string[]): ConnectorPackage {
  return defineConnector({
    key: 'library',
    title: 'Library',
    version: '1.0.0',
    categories: ['x'],
    baseUrl,
    auth: { token: bearer() },
    test: null,
    errors: { message: 'body.message' },
    options: Object.fromEntries(
      names.map((name) => [name, list({ request: { get: `/${name}` }, items: 'body', value: 'id', label: 'name' })]),
    ),
    actions: {
      'book.get': action({
        title: 'Get',
        description: 'Gets.',
        effect: 'read',
        input: z.strictObject({ id: z.string().meta({ title: 'Id' }) }),
        request: { get: '/books/{{id}}' },
        output: { schema: z.object({ id: z.string() }), sample: { id: 'b1' } },
        example: { id: 'b1' },
      }),
    },
  });
}

describe('lists of values of a connector with several versions', () => {
  it('are those of the newest, and what only earlier ones have', () => {
    const [old, fresh] = [version('https://old.library.example', 'books', 'members'), version('https://new.library.example', 'books')];
    const connector = runnersOf(withEarlierLists([fresh, old])).connector('library');
    expect(connector?.baseUrl).toBe('https://new.library.example');
    expect(Object.keys(connector?.options ?? {})).toEqual(['books', 'members']);
    expect(connector?.options?.['books']).toBe(fresh.connector.options['books']);
    expect(old.connector.options).toHaveProperty('members');
    expect(fresh.connector.options).not.toHaveProperty('members');
  });
});
