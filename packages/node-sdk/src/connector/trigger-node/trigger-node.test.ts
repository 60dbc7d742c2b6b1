import { MillwrightError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConnector } from '../../define-connector.ts';
import { bearer } from '../auth-kinds.ts';
import { action } from '../connector-action.ts';
import type { ConnectorSpec } from '../connector.ts';
import { link } from '../pages.ts';
import { hmac, type ConnectorTriggerSpec, type WebhookTrigger } from '../triggers.ts';

const input = z.strictObject({ shelf: z.string().meta({ title: 'Shelf' }) });
const output = { schema: z.object({ id: z.string() }), sample: { id: '1' } };
const verify = hmac('sha256', { header: 'x-signature', secret: 'kept.secret' });
const webhook: WebhookTrigger = {
  subscribe: { post: '/hooks', body: { url: '{{callback.url}}' }, keep: { id: 'body.id' } },
  unsubscribe: { delete: '/hooks/{{kept.id}}' },
  verify,
  dedupe: 'id',
};
const poll = { use: 'thing.list', every: '5m', cursor: { field: 'id' }, dedupe: 'id' } as const;
const base = { title: 'Added', description: 'When a thing comes.', input, output, example: { shelf: 'a' } };

function triggersOf(trigger: ConnectorTriggerSpec, changed: Partial<ConnectorSpec> = {}) {
  const spec: ConnectorSpec = {
    key: 'shop',
    title: 'Shop',
    version: '1.0.0',
    categories: ['tests'],
    baseUrl: 'https://shop.example.com',
    auth: { token: bearer({}) },
    test: null,
    errors: { message: 'body.message' },
    pages: { all: link({ items: 'body' }) },
    actions: {
      'thing.list': action({
        title: 'List',
        description: 'Things.',
        effect: 'read',
        pages: 'all',
        input,
        request: { get: '/things' },
        output,
        example: { shelf: 'a' },
      }),
    },
    triggers: { 'thing.added': trigger },
    ...changed,
  };
  return defineConnector(spec)
    .nodes.filter(({ kind }) => kind === 'trigger')
    .map(({ info }) => info);
}

describe('a trigger of a connector', () => {
  it('is a node type that takes the connector’s credentials, and no expressions', () => {
    const [info] = triggersOf({ ...base, webhook });
    expect(info).toMatchObject({ type: 'shop.thing.added', kind: 'trigger', category: 'triggers', inputs: [] });
    expect(info?.credentials).toEqual([{ name: 'auth', types: ['shop.token'], required: true }]);
    expect(info?.parameters).toMatchObject({ properties: { shelf: { field: { expression: false } } } });
    expect(info?.connectorTrigger).toEqual({ connector: 'shop', trigger: 'thing.added', ways: ['webhook'] });
  });

  it('asks how events come where there are two ways, and what counts at first where it is asked', () => {
    expect(triggersOf({ ...base, webhook, poll })[0]?.connectorTrigger).toEqual({
      connector: 'shop',
      trigger: 'thing.added',
      ways: ['webhook', 'poll'],
      wayParameter: 'via',
      firstParameter: 'first',
    });
    expect(triggersOf({ ...base, poll })[0]?.connectorTrigger).toMatchObject({ ways: ['poll'], firstParameter: 'first' });
  });

  it('whose events no address of its own can receive is asked, or is no node type', () => {
    const ofApp: WebhookTrigger = { ...webhook, scope: 'app', route: 'body.account' };
    expect(triggersOf({ ...base, webhook: ofApp, poll })[0]?.connectorTrigger?.ways).toEqual(['poll']);
    expect(triggersOf({ ...base, webhook: ofApp })).toEqual([]);
    const ofClient = hmac('sha256', { header: 'x-signature', secret: 'client.secret' });
    expect(triggersOf({ ...base, webhook: { ...webhook, verify: ofClient } })).toEqual([]);
  });

  it('whose events come to the address of the client app is called, where the vendor says whose account a credential is', () => {
    const ofApp: WebhookTrigger = {
      scope: 'app',
      route: 'body.account',
      account: { get: '/me', from: 'body.account' },
      verify: hmac('sha256', { header: 'x-signature', secret: 'client.clientSecret' }),
      dedupe: 'id',
    };
    const events = { place: 'Webhooks' };
    expect(triggersOf({ ...base, webhook: ofApp, poll }, { events })[0]?.connectorTrigger?.ways).toEqual(['webhook', 'poll']);
    const faults = (changed: Partial<WebhookTrigger>, spec: Partial<ConnectorSpec> = { events }) => {
      try {
        return triggersOf({ ...base, webhook: { ...ofApp, ...changed } }, spec) && '';
      } catch (thrown) {
        return thrown instanceof MillwrightError ? `${thrown.message} ${thrown.hint}` : '';
      }
    };
    expect(faults({}, {})).toMatch(/events is missing/);
    expect(faults({}, { events: { ...events, signingSecret: 'Signing secret' } })).toMatch(/client\.signingSecret/);
    expect(faults({ verify })).toMatch(/proved with its secret/);
    expect(faults({ subscribe: { post: '/hooks', keep: {} } })).toMatch(/entered at the vendor by an admin/);
    expect(faults({ account: { get: '{{auth.base}}/me', from: 'body.id' } })).toMatch(/only the vendor may say/);
    expect(faults({ ownSecret: 'credential.signingSecret' })).toMatch(/names no secret field/);
    expect(faults({ scope: 'credential', verify })).toMatch(/only for scope: 'app'/);
  });

  it('of one address have one proof', () => {
    const ofApp = (header: string): ConnectorTriggerSpec => ({
      ...base,
      webhook: {
        scope: 'app',
        route: 'body.account',
        account: { get: '/me', from: 'body.account' },
        verify: hmac('sha256', { header, secret: 'client.clientSecret' }),
        dedupe: 'id',
      },
    });
    const both = (other: string) => () =>
      triggersOf(ofApp('x-a'), { events: { place: 'Webhooks' }, triggers: { a: ofApp('x-a'), b: ofApp(other) } });
    expect(both('x-a')()).toHaveLength(2);
    expect(both('x-b')).toThrow(/share one address/);
  });

  it('may not take the names of what the product asks', () => {
    const taken = z.strictObject({ via: z.string().meta({ title: 'Via' }) });
    expect(() => triggersOf({ ...base, input: taken, example: { via: 'a' }, webhook })).toThrow(/via/);
  });
});
