import { randomBytes } from 'node:crypto';
import { KEY_METADATA, WORKSPACE_METADATA } from '@millwright/temporal-protocol';
import { ApplicationFailure, defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkspaceCodec, type PayloadKeys } from './codec.ts';
import { failureConverter } from './failure-converter.ts';
import { payloadConverter } from './payload-converter.ts';

const byId = new Map<string, Uint8Array>();
const current = new Map<string, string>();
const keys: PayloadKeys = {
  keyIdFor: async (workspaceId) => {
    const keyId = current.get(workspaceId) ?? `${workspaceId}-1`;
    if (!byId.has(keyId)) byId.set(keyId, randomBytes(32));
    return keyId;
  },
  keyFor: async (keyId) => {
    const key = byId.get(keyId);
    if (key === undefined) throw new Error('no such key');
    return key;
  },
};
const codec = new WorkspaceCodec(keys);
/** Another process: it knows nothing of what the first has encrypted. */
const elsewhere = new WorkspaceCodec(keys);

async function encoded(value: unknown): Promise<Payload> {
  const [payload] = await codec.encode([payloadConverter.toPayload(value)]);
  return payload ?? {};
}

async function decoded(payload: Payload): Promise<unknown> {
  const [plain] = await elsewhere.decode([payload]);
  return payloadConverter.fromPayload(plain ?? {});
}

describe('payloads', () => {
  it('any JSON reads back as it was, and only key id and encoding are readable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (json) => {
        const value = { workspaceId: 'ws_1', json };
        const payload = await encoded(value);
        expect(Object.keys(payload.metadata ?? {}).toSorted()).toEqual(['encoding', KEY_METADATA]);
        expect(await decoded(payload)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 100 },
    );
  });

  it('read the same where they were written as elsewhere, again and again', async () => {
    for (const value of [
      { workspaceId: 'ws_1', n: 1 },
      { workspaceId: 'ws_1', text: 'abc'.repeat(2_000) },
    ]) {
      const payload = await encoded(value);
      const there = await elsewhere.decode([payload]);
      const twice = [await codec.decode([payload]), await codec.decode([payload])];
      const plain = ([own]: readonly Payload[]): unknown => [
        Object.entries(own?.metadata ?? {}).map(([name, bytes]) => `${name} ${Buffer.from(bytes).toString()}`),
        Buffer.from(own?.data ?? []).toString(),
      ];
      expect(twice.map(plain)).toEqual([plain(there), plain(there)]);
    }
  });

  it('are not taken for what was written here when a bit differs', async () => {
    const payload = await encoded({ workspaceId: 'ws_1', n: 1 });
    const data = Buffer.from(payload.data ?? []);
    data.writeUInt8((data[20] ?? 0) ^ 1, 20);
    await expect(codec.decode([{ ...payload, data }])).rejects.toThrow(/authenticate/);
  });

  it('over 1 KiB are compressed', async () => {
    expect((await encoded({ workspaceId: 'ws_1', text: 'abc'.repeat(20_000) })).data?.byteLength).toBeLessThan(1000);
  });

  it('of one workspace are encrypted with its key, of another with another, and old keys still read', async () => {
    const before = await encoded({ workspaceId: 'ws_2' });
    current.set('ws_2', 'ws_2-2');
    const after = await encoded({ header: { workspaceId: 'ws_2' } });
    const names = [before, after].map((payload) => Buffer.from(payload.metadata?.[KEY_METADATA] ?? []).toString());
    expect(names).toEqual(['ws_2-1', 'ws_2-2']);
    expect([await decoded(before), await decoded(after)]).toEqual([{ workspaceId: 'ws_2' }, { header: { workspaceId: 'ws_2' } }]);
  });

  it('without a workspace never leave; without a key id are never read', async () => {
    expect(() => payloadConverter.toPayload({ text: 'x' })).toThrow(expect.objectContaining({ code: 'payload_without_workspace' }));
    await expect(codec.encode([defaultPayloadConverter.toPayload('x')])).rejects.toMatchObject({ code: 'payload_without_workspace' });
    await expect(codec.decode([defaultPayloadConverter.toPayload('x')])).rejects.toMatchObject({ code: 'payload_without_key' });
    const { [KEY_METADATA]: _dropped, ...metadata } = (await encoded({ workspaceId: 'ws_1' })).metadata ?? {};
    await expect(codec.decode([{ ...(await encoded({ workspaceId: 'ws_1' })), metadata }])).rejects.toMatchObject({
      code: 'payload_without_key',
    });
  });

  it('changed in one bit, cut short, or with another key id, are refused', async () => {
    const payload = await encoded({ workspaceId: 'ws_1', text: 'x' });
    const data = Buffer.from(payload.data ?? []);
    for (let at = 0; at < data.length; at++) {
      const flipped = Buffer.from(data);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...payload, data: flipped }])).rejects.toThrow(/authenticate/);
    }
    await expect(codec.decode([{ ...payload, data: data.subarray(0, -1) }])).rejects.toThrow(/authenticate/);
    byId.set('twin', byId.get('ws_1-1') ?? new Uint8Array(32));
    await expect(codec.decode([{ ...payload, metadata: { ...payload.metadata, [KEY_METADATA]: Buffer.from('twin') } }])).rejects.toThrow(
      /authenticate/,
    );
  });

  it('keep their workspace after decoding, so that what is passed on is encrypted again', async () => {
    const [plain] = await codec.decode([await encoded({ workspaceId: 'ws_1' })]);
    expect(Buffer.from(plain?.metadata?.[WORKSPACE_METADATA] ?? []).toString()).toBe('ws_1');
  });

  it('a key that could not be loaded is asked for again', async () => {
    let tries = 0;
    const flaky = new WorkspaceCodec({
      keyIdFor: async () => 'k',
      keyFor: async () => (tries++ === 0 ? Promise.reject(new Error('away')) : randomBytes(32)),
    });
    const payload = payloadConverter.toPayload({ workspaceId: 'ws_1' });
    await expect(flaky.encode([payload])).rejects.toThrow('away');
    expect(await flaky.encode([payload])).toHaveLength(1);
  });
});

describe('failures', () => {
  it('with a workspace put message and stack into an encrypted payload', () => {
    const failure = ApplicationFailure.create({ message: 'secret text', type: 't', details: [{ workspaceId: 'ws_1', code: 'c' }] });
    const proto = failureConverter.errorToFailure(failure, payloadConverter);
    expect(proto).toMatchObject({ message: 'Encoded failure', stackTrace: '' });
    expect(Buffer.from(proto.encodedAttributes?.metadata?.[WORKSPACE_METADATA] ?? []).toString()).toBe('ws_1');
    expect(failureConverter.failureToError(proto, payloadConverter).message).toBe('secret text');
  });

  it('without a workspace keep their texts in this process, causes too', () => {
    const proto = failureConverter.errorToFailure(new Error('secret text', { cause: new Error('secret cause') }), payloadConverter);
    expect(proto.message).toContain('withheld');
    expect(JSON.stringify(proto)).not.toContain('secret');
  });
});
