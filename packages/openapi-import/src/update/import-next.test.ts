import { defineConnector } from '@millwright/node-sdk';
import { readDescription } from '@millwright/openapi';
import { describe, expect, it } from 'vitest';
import { importDescription } from '../import-description.ts';
import type { ImportedConnector } from '../imported.ts';
import { toConnectorSpec } from '../to-connector.ts';
import { importNext } from './import-next.ts';

const text = { type: 'string' };
const at = (name: string, schema: object = text, more: object = {}): object => ({ name, in: 'query', schema, ...more });
const ok = (properties: object): object => ({
  200: {
    description: 'ok',
    content: { 'application/json': { schema: { type: 'object', properties, required: Object.keys(properties) } } },
  },
});
const token = { token: { type: 'http', scheme: 'bearer' } };

const PATHS = {
  '/books': { get: { tags: ['Books'], operationId: 'findBooks', parameters: [at('q')], responses: ok({ id: text }) } },
  '/loans': { post: { tags: ['Loans'], operationId: 'createLoan', responses: ok({ id: text }) } },
};

interface Parts {
  readonly paths?: object;
  readonly servers?: readonly string[];
  readonly schemes?: object;
}

function read({ paths = PATHS, servers = ['https://api.library.example'], schemes = token }: Parts = {}) {
  return readDescription(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Library', version: '1' },
      ...(servers.length === 0 ? {} : { servers: servers.map((url) => ({ url })) }),
      security: Object.keys(schemes).map((name) => ({ [name]: [] })),
      components: { securitySchemes: schemes },
      paths,
    }),
  );
}

function stored(connector: ImportedConnector): ImportedConnector {
  return JSON.parse(JSON.stringify(connector)) as ImportedConnector;
}

const first = stored(importDescription(read(), { overlay: { key: 'library', title: 'Library' } }));

function next(parts: Parts, history: readonly ImportedConnector[] = [first]) {
  const [oldest = first, ...later] = history;
  const made = importNext(read(parts), { history: [oldest, ...later], overlay: { key: 'library', title: 'Library' } });
  // Whatever comes of an update has to load.
  defineConnector(toConnectorSpec(stored(made.imported)));
  return { ...made, versions: Object.fromEntries(Object.entries(made.imported.actions).map(([key, { version }]) => [key, version])) };
}

/** The paths with something else said of finding books. */
function books(more: object): Parts {
  return { paths: { ...PATHS, '/books': { get: { ...PATHS['/books'].get, ...more } } } };
}

describe('the next version of a connector', () => {
  it('the same description changes nothing', () => {
    const { changes, versions } = next({});
    expect(changes).toEqual({
      operations: [
        { operation: 'GET /books', title: 'Find books', kind: 'same', what: [] },
        { operation: 'POST /loans', title: 'Create loan', kind: 'same', what: [] },
      ],
      hostsAdded: [],
      hostsRemoved: [],
      signInAdded: [],
      signInRemoved: [],
      isReworded: false,
    });
    expect(versions).toEqual({ 'books.findBooks': 1, 'loans.createLoan': 1 });
  });

  it.each<readonly [string, object, readonly object[]]>([
    ['a field more', { parameters: [at('q'), at('year')] }, [{ kind: 'fieldAdded', name: 'Year' }]],
    [
      'a needed field more',
      { parameters: [at('q'), at('year', text, { required: true })] },
      [
        { kind: 'fieldAdded', name: 'Year' },
        { kind: 'fieldNeeded', name: 'Year' },
      ],
    ],
    ['a field less', { parameters: [] }, [{ kind: 'fieldRemoved', name: 'Q' }]],
    ['other values', { parameters: [at('q', { type: 'integer' })] }, [{ kind: 'fieldChanged', name: 'Q' }]],
    ['a field that is needed now', { parameters: [at('q', text, { required: true })] }, [{ kind: 'fieldNeeded', name: 'Q' }]],
    ['another answer', { responses: ok({ id: text, title: text }) }, [{ kind: 'answer' }]],
  ])('%s makes a new version of that step and of no other, and says so', (_what, more, what) => {
    const { changes, versions } = next(books(more));
    expect(changes.operations.map(({ kind }) => kind)).toEqual(['changed', 'same']);
    expect(changes.operations[0]?.what).toEqual(what);
    expect(versions).toEqual({ 'books.findBooks': 2, 'loans.createLoan': 1 });
  });

  it('other texts are no other behaviour', () => {
    const { changes, versions } = next(books({ summary: 'Look for books', parameters: [at('q', { ...text, description: 'Words' })] }));
    expect(changes.operations.every(({ kind }) => kind === 'same')).toBe(true);
    expect(changes.isReworded).toBe(true);
    expect(versions['books.findBooks']).toBe(1);
  });

  it('an operation that the vendor calls otherwise keeps its step; nobody else gets its key', () => {
    const { versions } = next({
      paths: {
        '/articles': { get: { tags: ['Books'], operationId: 'findBooks', responses: ok({ id: text }) } },
        '/books': { get: { ...PATHS['/books'].get, operationId: 'searchTheBooks' } },
        '/loans': PATHS['/loans'],
      },
    });
    expect(versions).toEqual({ 'books.findBooks2': 1, 'books.findBooks': 1, 'loans.createLoan': 1 });
  });

  it('an operation that moved is the next version of the step that had its name; one that came back is its next again', () => {
    const moved = next({ paths: { '/v2/books': PATHS['/books'], '/loans': PATHS['/loans'] } });
    expect(moved.versions).toEqual({ 'books.findBooks': 2, 'loans.createLoan': 1 });
    expect(moved.changes.operations.map(({ operation, kind }) => [operation, kind])).toEqual([
      ['GET /v2/books', 'added'],
      ['POST /loans', 'same'],
      ['GET /books', 'removed'],
    ]);
    expect(next({}, [first, stored(moved.imported)]).versions).toEqual({ 'books.findBooks': 3, 'loans.createLoan': 1 });
  });

  it('a step that was left out for a while is the same one again where it does the same', () => {
    const without = next({ paths: { '/loans': PATHS['/loans'] } });
    expect(without.changes.operations.map(({ kind }) => kind)).toEqual(['same', 'removed']);
    expect(next({}, [first, stored(without.imported)]).versions).toEqual({ 'loans.createLoan': 1, 'books.findBooks': 1 });
  });

  it('another service address is a new host and a new version of every step', () => {
    const { changes, versions, imported } = next({ servers: ['https://eu.library.example'] });
    expect([changes.hostsAdded, changes.hostsRemoved]).toEqual([['eu.library.example'], ['api.library.example']]);
    expect(changes.operations.map(({ what }) => what)).toEqual([[{ kind: 'address' }], [{ kind: 'address' }]]);
    expect(versions).toEqual({ 'books.findBooks': 2, 'loans.createLoan': 2 });
    expect(imported.version).toBe('1.1.0');
  });

  it('a host that one operation has of its own is told with it', () => {
    const { changes } = next(books({ servers: [{ url: 'https://files.library.example' }] }));
    expect(changes.hostsAdded).toEqual(['files.library.example']);
    expect(changes.operations[0]).toMatchObject({ kind: 'changed', newHost: 'files.library.example', what: [{ kind: 'address' }] });
    expect(changes.operations[1]).not.toHaveProperty('newHost');
  });

  it('another way to sign in gets a name that no version had; what is as it was keeps its connections', () => {
    const key = { token: { type: 'apiKey', in: 'header', name: 'X-Key' } };
    const second = next({ schemes: key });
    expect(Object.entries(second.imported.auth).map(([name, { kind }]) => [name, kind])).toEqual([['token2', 'apiKey']]);
    expect(second.changes).toMatchObject({ signInAdded: ['API key'], signInRemoved: ['Access token'] });
    expect(second.changes.operations[0]?.what).toEqual([{ kind: 'signIn' }]);
    const back = next({}, [first, stored(second.imported)]);
    expect(Object.keys(back.imported.auth)).toEqual(['token']);
    expect(back.versions).toEqual({ 'books.findBooks': 3, 'loans.createLoan': 3 });
    expect(Object.keys(next({ schemes: key }, [first, stored(second.imported)]).imported.auth)).toEqual(['token2']);
  });

  it('a sign-in that asks for more is another one, told from the one before by its label', () => {
    const oauth = (scopes: object): object => ({
      login: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://api.library.example/token', scopes } } },
    });
    const one = stored(importDescription(read({ schemes: oauth({ a: 'A' }) }), { overlay: { key: 'library', title: 'Library' } }));
    const two = next({ schemes: oauth({ a: 'A', b: 'B' }) }, [one]);
    expect(Object.entries(two.imported.auth).map(([name, { label }]) => [name, label])).toEqual([['login2', 'Client credentials (2)']]);
    expect(two.versions).toEqual({ 'books.findBooks': 2, 'loans.createLoan': 2 });
    const again = next({ schemes: oauth({ a: 'A', b: 'B' }) }, [one, stored(two.imported)]);
    expect(again.imported.auth).toEqual(two.imported.auth);
    expect(again.versions).toEqual(two.versions);
  });

  it('where the description does not say it, the service is where it was', () => {
    const { changes, imported } = next({ servers: [] });
    expect(imported.baseUrl).toBe('https://api.library.example');
    expect(changes.operations.every(({ kind }) => kind === 'same')).toBe(true);
  });

  it('of a description with too many operations only those of the connector are looked at', () => {
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`/more/${index}`, { get: { responses: ok({ id: text }) } }]),
    );
    const { changes } = next({ paths: { ...PATHS, ...many } });
    expect(changes.operations.map(({ kind }) => kind)).toEqual(['same', 'same']);
  });
});
