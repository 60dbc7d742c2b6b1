import { bearer, cursor, defineConnector, header, list, oauth2, per, secretField, window } from '@millwright/node-sdk';
import * as channels from './actions/channel.ts';
import * as messages from './actions/message.ts';
import * as people from './actions/person.ts';
import de from './locales/de.json' with { type: 'json' };
import { appMentioned, messagePosted, reactionAdded } from './triggers.ts';

/** Lists differ only in where their items are. */
function pagesOf(items: string) {
  return cursor({
    items: `body.${items}`,
    send: 'query.cursor',
    from: 'body.response_metadata.next_cursor',
    size: ['query.limit', 200],
    emptyEnds: false,
  });
}

const named = { value: 'id', label: 'name', cache: '5m' } as const;
const signingSecret = secretField('signingSecret', 'Signing secret', {
  required: false,
  description: 'Only for triggers of an app of your own: under "Basic Information" there. Whoever signs in leaves it empty.',
});

export default defineConnector({
  key: 'slack',
  title: 'Slack',
  version: '1.0.0',
  categories: ['chat'],
  icon: 'message-square',
  baseUrl: 'https://slack.com/api',
  auth: {
    oauth: oauth2({
      label: 'Sign in with Slack',
      fields: [signingSecret],
      authorizeUrl: 'https://slack.com/oauth/v2/authorize',
      tokenUrl: 'https://slack.com/api/oauth.v2.access',
      tokenAuth: 'body',
      // Slack's bot apps know no PKCE.
      pkce: false,
      scopeSeparator: ',',
      rotates: true,
      scopes: [
        'chat:write',
        'channels:read',
        'channels:history',
        'channels:manage',
        'groups:read',
        'groups:history',
        'im:read',
        'reactions:read',
        'reactions:write',
        'users:read',
        'users:read.email',
        'app_mentions:read',
      ],
      console: {
        url: 'https://api.slack.com/apps',
        notes: 'Redirect address: OAuth & Permissions. Bot events: message.channels, message.groups, app_mention, reaction_added.',
      },
    }),
    token: bearer({ label: 'Bot token', fields: [signingSecret] }),
  },
  test: { get: '/auth.test', show: '{{team}}, {{user}}' },
  // https://docs.slack.dev/apis/web-api/rate-limits: tier 2 is 20 a minute and method, one message a second and channel.
  limits: {
    default: window(50, '1m', per('credential')),
    lists: window(20, '1m', per('credential')),
    messages: window(1, '1s', per('{{channel}}')),
  },
  // Slack says in an answer with status 200 that it failed.
  retry: { on: [200, 429, 500, 502, 503, 504], wait: [header('retry-after')] },
  errors: {
    failedWhen: { path: 'body.ok', equals: false },
    message: 'body.response_metadata.messages[0]',
    code: 'body.error',
    auth: [401, 'invalid_auth', 'not_authed', 'account_inactive', 'token_expired', 'token_revoked'],
    rate: [429, 'ratelimited', 'rate_limited', 'message_limit_exceeded'],
    transient: ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'],
  },
  pages: { channels: pagesOf('channels'), members: pagesOf('members'), messages: pagesOf('messages'), users: pagesOf('members') },
  options: {
    channels: list({
      request: { get: '/conversations.list', query: { types: 'public_channel,private_channel', exclude_archived: true } },
      items: 'body.channels',
      pages: 'channels',
      ...named,
    }),
    people: list({ request: { get: '/users.list' }, items: 'body.members', detail: 'profile.real_name', pages: 'users', ...named }),
  },
  actions: {
    'message.post': messages.messagePost,
    'message.ephemeral': messages.messageEphemeral,
    'message.update': messages.messageUpdate,
    'message.delete': messages.messageDelete,
    'message.permalink': messages.messagePermalink,
    'message.replies': messages.messageReplies,
    'channel.history': messages.channelHistory,
    'channel.list': channels.channelList,
    'channel.create': channels.channelCreate,
    'channel.invite': channels.channelInvite,
    'member.list': channels.memberList,
    'reaction.add': messages.reactionAdd,
    'user.find': people.userFind,
    'user.get': people.userGet,
    'user.list': people.userList,
  },
  triggers: { message: messagePosted, mention: appMentioned, reaction: reactionAdded },
  events: { place: 'Event Subscriptions › Request URL', signingSecret: 'Signing Secret' },
  locales: { de },
});
