import { receiveDelivery } from '@millwright/connector-runtime';
import { isJsonObject, type JsonObject } from '@millwright/node-sdk';
import { openConnectorBench, readContract } from '@millwright/testing/connectors';
import { describe, expect, it } from 'vitest';
import slack from './index.ts';

const description = readContract('slack/web-api.json');

/** Runs an action's example after Slack answered so, with status 200. */
async function answered(actionKey: string, body: JsonObject) {
  const bench = openConnectorBench(slack, description ?? '', { contract: '', mock: { alsoBearer: true } });
  bench.answerNext({ status: 200, body }, 1);
  const { example } = slack.connector.actions[actionKey] ?? {};
  const outcome = await bench.run(actionKey, isJsonObject(example) ? example : {}).catch((thrown: unknown) => thrown);
  return { outcome, sends: bench.requests().length };
}

describe.skipIf(description === null)('what Slack says with "ok": false', () => {
  it.each([
    ['channel_not_found', 'permanent'],
    ['fatal_error', 'transient'],
  ])('%s is %s, and a message is not sent twice', async (error, kind) => {
    const { outcome, sends } = await answered('message.post', { ok: false, error });
    expect(outcome).toMatchObject({ kind, details: { vendorCode: error } });
    expect(sends).toBe(1);
  });

  it('internal_error of a read is asked again', async () => {
    const { outcome, sends } = await answered('user.get', { ok: false, error: 'internal_error' });
    expect(outcome).toHaveLength(1);
    expect(sends).toBe(2);
  });

  it('a refused token is renewed once', async () => {
    const { outcome, sends } = await answered('message.post', { ok: false, error: 'token_expired' });
    expect(outcome).toHaveLength(1);
    expect(sends).toBe(2);
  });

  it.each([
    ['reaction.add', 'already_reacted'],
    ['channel.invite', 'already_in_channel'],
    ['message.delete', 'message_not_found'],
  ])('%s that was done before (%s) is done', async (actionKey, error) => {
    const { outcome, sends } = await answered(actionKey, { ok: false, error });
    expect(outcome).toMatchObject([{ json: { ok: true } }]);
    expect(sends).toBe(1);
  });
});

describe('Slack asks whether the address is ours', () => {
  it('url_verification gets its challenge back', () => {
    const { webhook } = slack.connector.triggers['message'] ?? {};
    const body = new TextEncoder().encode(JSON.stringify({ type: 'url_verification', token: 't', challenge: '3eZbrw1aB' }));
    const delivery = { method: 'POST', url: 'https://hooks.example.com/slack', headers: { 'content-type': 'application/json' }, body };
    const received = webhook && receiveDelivery(delivery, { webhook, secrets: { kept: {} }, input: {}, nowMs: 0 });
    expect(received).toMatchObject({ kind: 'challenge', body: '3eZbrw1aB' });
  });
});
