import { describeConnector } from '@millwright/testing/connectors';
import slack from './index.ts';

const TEAM = 'T012AB3CD';

function delivery(event: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type: 'event_callback', team_id: TEAM, event_id: 'Ev012AB3CD', event_time: 1_769_817_600, event });
}

const where = { channel: 'C012AB3CD', user: 'U012AB3CD', ts: '1769817600.000100' };

describeConnector(slack, {
  contract: 'slack/web-api.json',
  // The description wants the token in the form; Slack takes it in the header since.
  mock: {
    alsoBearer: true,
    // Its examples of lists go on for ever, and its threads are lists of lists.
    answers: {
      auth_test: { body: { ok: true, url: 'https://acme.slack.com/', team: 'Acme', team_id: TEAM, user: 'mill', user_id: 'U0LAN0Z89' } },
      conversations_list: { body: { ok: true, channels: [{ id: where.channel, name: 'general' }] } },
      conversations_members: { body: { ok: true, members: [where.user] } },
      conversations_replies: { body: { ok: true, has_more: false, messages: [{ type: 'message', text: 'hello', ts: where.ts }] } },
      users_list: { body: { ok: true, members: [{ id: where.user, name: 'ada', profile: {} }] } },
    },
  },
  triggers: {
    message: { body: delivery({ type: 'message', text: 'hello', ...where }) },
    mention: { body: delivery({ type: 'app_mention', text: '<@U0LAN0Z89> hello', ...where }) },
    reaction: {
      body: delivery({
        type: 'reaction_added',
        user: 'U012AB3CD',
        reaction: 'eyes',
        item: { type: 'message', ...where },
        event_ts: '1769817600.000200',
      }),
    },
  },
});
