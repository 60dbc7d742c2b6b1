import { describe, expect, it } from 'vitest';
import { connector, trial, type Answer } from './testing/trial.ts';

const kinds = (told: readonly string[]): readonly string[] => told.map((line) => line.split(' ')[0] ?? '');

describe('a declared action', () => {
  it('is built from its templates and signed, the secret only in its header', async () => {
    const { run, sent } = trial([{}]);
    expect(await run('get', { id: 'ä/b c' })).toEqual([{ id: 1 }]);
    expect(sent[0]).toMatchObject({
      method: 'GET',
      url: 'https://api.example.com/items/%C3%A4%2Fb%20c',
      headers: { authorization: 'Bearer secret-0' },
    });
  });

  it.each(['..', '.', ''])('a value that would change the path is refused: "%s"', async (id) => {
    const { run, told } = trial([{}]);
    await expect(run('get', { id })).rejects.toMatchObject({ code: 'parameter_invalid', details: { sent: false } });
    expect(told).toEqual([]);
  });

  it('without a connection it is refused before anything is sent', async () => {
    const { run, told } = trial([{}]);
    await expect(run('get', { isSigned: false })).rejects.toMatchObject({ code: 'credential_missing' });
    expect(told).toEqual([]);
  });

  it('a credential goes to no host that it does not name', async () => {
    const { run, told } = trial([{}], { hosts: ['other.example.com'] });
    await expect(run('get')).rejects.toMatchObject({ code: 'host_not_listed', details: { sent: false } });
    expect(told).toEqual([]);
  });

  it('401 renews once and sends again; a second 401 is told, with the credential', async () => {
    const once = trial([{ status: 401 }, {}]);
    await once.run('unsafe');
    expect(kinds(once.told)).toEqual(['stored', 'sent', 'renew', 'stored', 'sent']);
    expect(once.sent.map(({ headers }) => headers?.['authorization'])).toEqual(['Bearer secret-0', 'Bearer secret-1']);
    const twice = trial([{ status: 401, body: { message: 'Bad credentials' } }]);
    await expect(twice.run('get')).rejects.toMatchObject({
      kind: 'auth',
      code: 'credential_refused',
      details: { credentialId: 'cred_1', status: 401 },
    });
    expect(kinds(twice.told)).toEqual(['sent', 'renew', 'sent']);
  });

  it('429 waits as long as the service says; too long leaves the call with that time', async () => {
    const { run, told } = trial([{ status: 429, headers: { 'retry-after': '3' } }, {}]);
    await run('unsafe');
    expect(told.filter((line) => !line.startsWith('stored'))).toEqual(['sent POST', 'wait 3000', 'sent POST']);
    const long = trial([{ status: 429, headers: { 'retry-after': '3600' } }]);
    await expect(long.run('get')).rejects.toMatchObject({ kind: 'rate', retry: { afterMs: 3_600_000 } });
    expect(long.told).toEqual(['sent GET']);
  });

  it('429 without Retry-After waits a little', async () => {
    const { run, told } = trial([{ status: 429 }, {}]);
    await run('get');
    expect(told).toEqual(['sent GET', 'wait a little', 'sent GET']);
  });
});

describe('answers that are none', () => {
  it.each<[string, Answer]>([
    ['a page', { status: 502, body: '<html>secret-0</html>' }],
    ['half a JSON', { status: 500, headers: { 'content-type': 'application/json' }, body: '{"message":"x' }],
  ])('%s is a failure in clear words, without what it says', async (_name, answer) => {
    const { run } = trial([answer]);
    const failure: unknown = await run('get').catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind: 'transient', message: `GET /items/{{id}} answered with status ${answer.status}` });
  });

  it('a service that repeats the secret is not repeated', async () => {
    const { run } = trial([{ status: 422, body: { message: 'token secret-0 may not', code: 'secret-0' } }]);
    await expect(run('get')).rejects.toMatchObject({
      message: 'GET /items/{{id}} answered with status 422 ([secret]): token [secret] may not',
      details: { vendorCode: '[secret]', status: 422 },
    });
  });

  it('pages that come again are a typed failure, and another host gets nothing', async () => {
    const again = trial([{ headers: { link: '<https://api.example.com/items?p=2>; rel="next"' }, body: [{ id: 1 }] }]);
    await expect(again.run('every')).rejects.toMatchObject({ code: 'page_repeats' });
    expect(again.told).toHaveLength(2);
    const elsewhere = trial([{ headers: { link: '<https://evil.example.net/items?p=2>; rel="next"' }, body: [{ id: 1 }] }]);
    await expect(elsewhere.run('every')).rejects.toMatchObject({ code: 'page_elsewhere' });
    expect(elsewhere.told).toHaveLength(1);
  });
});

describe('trying a credential out', () => {
  it('says what the service says of it, and sends a refused one once', async () => {
    const { credentialTypes } = connector;
    const [type] = credentialTypes;
    if (type === undefined) throw new Error('no type');
    const good = trial([{ body: { name: 'Ada' } }]);
    expect(await good.runtime.probe(type, good.lent())).toEqual({ shown: 'Hi Ada' });
    const bad = trial([{ status: 401 }]);
    await expect(bad.runtime.probe(type, bad.lent())).rejects.toMatchObject({ kind: 'auth', code: 'credential_refused' });
    expect(bad.told).toEqual(['sent GET']);
  });
});
