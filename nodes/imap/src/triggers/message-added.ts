import { createHash } from 'node:crypto';
import { definePolledTrigger, z, type PollContext } from '@millwright/node-sdk';
import type { ImapFlow } from 'imapflow';
import { accepted } from '../failures.ts';
import { PLACE } from '../fields.ts';
import { SUMMARY, SUMMARY_SAMPLE, SUMMARY_QUERY, toSummary, type Summary } from '../messages.ts';
import { CREDENTIALS } from '../server.ts';
import { atMailbox } from '../session.ts';
import { untilNews, WATCH_MS } from './until-news.ts';

/** Messages of one poll; what is beyond comes with the next, which follows at once. */
const MOST = 100;
/** Messages that are remembered by more than their number, for when a mailbox numbers anew. */
const REMEMBERED = 200;
/** Servers search by days, each in a zone of its own. */
const DAY_MS = 86_400_000;

const STATE = z.object({
  uidValidity: z.string(),
  /** Messages from this number on are new. */
  nextUid: z.int(),
  /** When the newest of those that were seen was received, ms since 1970. */
  receivedMs: z.number(),
  /** What the last ones are, beyond their numbers. */
  known: z.array(z.string()),
});
type State = z.output<typeof STATE>;
type Fresh = { readonly messages: readonly Summary[]; readonly hasMore: boolean; readonly nextUid: number };
type Context = Pick<PollContext<unknown>, 'state' | 'takesAll' | 'nowMs'>;

/** A mailbox as it is opened. */
interface Opened {
  readonly client: ImapFlow;
  readonly uidValidity: string;
  readonly mailbox: string;
}

/** What a message is, whatever its number: for mailboxes that were made anew. */
function printOf({ messageId, receivedAt, bytes, subject }: Summary): string {
  return createHash('sha256').update(`${messageId}\n${receivedAt}\n${bytes}\n${subject}`).digest('base64url').slice(0, 16);
}

async function fetched({ client, uidValidity, mailbox }: Opened, uids: readonly number[]): Promise<readonly Summary[]> {
  if (uids.length === 0) return [];
  const messages = await client.fetchAll(uids.join(','), SUMMARY_QUERY, { uid: true });
  return messages.map((message) => toSummary(message, { mailbox, uidValidity })).sort((one, other) => one.uid - other.uid);
}

function uidNextOf({ client }: Opened): number {
  return client.mailbox === false ? 0 : client.mailbox.uidNext;
}

/** Messages from a number on. What the server counted when it opened the mailbox is in what was found since. */
async function from(opened: Opened, nextUid: number): Promise<Fresh> {
  const counted = uidNextOf(opened);
  const found = accepted(await opened.client.search({ uid: `${nextUid}:*` }, { uid: true }), opened.client);
  // `n:*` names the last message even where its number is smaller.
  const uids = found.filter((uid) => uid >= nextUid).sort((one, other) => one - other);
  const taken = uids.slice(0, MOST);
  const hasMore = uids.length > taken.length;
  const after = (taken.at(-1) ?? 0) + 1;
  return { messages: await fetched(opened, taken), hasMore, nextUid: hasMore ? after : Math.max(after, counted, nextUid) };
}

/** The mailbox numbers anew: what was received since the newest message that was seen is new, and is told from what is known. */
async function renumbered(opened: Opened, { receivedMs, known }: State): Promise<Fresh> {
  const counted = uidNextOf(opened);
  const found = accepted(await opened.client.search({ since: new Date(receivedMs - DAY_MS) }, { uid: true }), opened.client);
  const messages = await fetched(
    opened,
    found.toSorted((one, other) => one - other),
  );
  const isNew = (message: Summary): boolean => Date.parse(message.receivedAt) >= receivedMs && !known.includes(printOf(message));
  return { messages: messages.filter(isNew), hasMore: false, nextUid: Math.max(counted, (messages.at(-1)?.uid ?? 0) + 1) };
}

function noted({ messages, nextUid }: Fresh, uidValidity: string, before: Pick<State, 'receivedMs' | 'known'>): State {
  const received = messages.map(({ receivedAt }) => Date.parse(receivedAt)).filter((ms) => !Number.isNaN(ms));
  const known = [...before.known, ...messages.map(printOf)].slice(-REMEMBERED);
  return { uidValidity, nextUid, receivedMs: Math.max(before.receivedMs, ...received), known };
}

/** Where a mailbox is now; its last messages are remembered. */
async function marked(opened: Opened, nowMs: number): Promise<State> {
  const counted = uidNextOf(opened);
  const uids = accepted(await opened.client.search({ all: true }, { uid: true }), opened.client).sort((one, other) => one - other);
  const messages = await fetched(opened, uids.slice(-REMEMBERED));
  const nextUid = Math.max(counted, (uids.at(-1) ?? 0) + 1);
  return noted({ messages, hasMore: false, nextUid }, opened.uidValidity, { receivedMs: messages.length === 0 ? nowMs : 0, known: [] });
}

async function asked(opened: Opened, { state, takesAll, nowMs }: Context): Promise<Fresh & { readonly state: State }> {
  if (state === null && !takesAll) {
    const mark = await marked(opened, nowMs);
    return { messages: [], hasMore: false, nextUid: mark.nextUid, state: mark };
  }
  const before = state === null ? { uidValidity: opened.uidValidity, nextUid: 1, receivedMs: 0, known: [] } : STATE.parse(state);
  const isSame = before.uidValidity === opened.uidValidity;
  const fresh = isSame ? await from(opened, before.nextUid) : await renumbered(opened, before);
  return { ...fresh, state: noted(fresh, opened.uidValidity, before) };
}

/** New messages of a mailbox. */
export const messageAdded = definePolledTrigger({
  type: 'imap.messageAdded',
  version: 1,
  title: 'IMAP: New message',
  description: 'Starts for each message that comes to a mailbox, at once where the server says so (IDLE). "Get message" reads its content.',
  icon: 'mail-plus',
  aliases: ['email', 'inbox', 'receive', 'mail', 'posteingang', 'empfangen', 'neu'],
  every: '1m',
  credentials: CREDENTIALS,
  input: z.strictObject({ mailbox: PLACE.mailbox }),
  output: SUMMARY,
  sample: SUMMARY_SAMPLE,
  poll: (context) =>
    atMailbox(context, { ...context.input, uidValidity: '', readOnly: true }, async ({ client, uidValidity }) => {
      const { messages, hasMore, state } = await asked({ client, uidValidity, mailbox: context.input.mailbox }, context);
      const events = messages.map((message) => ({ id: `${uidValidity}/${message.uid}`, data: message }));
      return { events, state, hasMore, canWatch: client.capabilities.has('IDLE') };
    }),
  watch: (context) => {
    const { uidValidity, nextUid } = STATE.parse(context.state);
    const place = { ...context.input, uidValidity: '', readOnly: true, timeMs: WATCH_MS };
    return atMailbox(context, place, async ({ client, uidValidity: found }) => {
      if (found !== uidValidity || (client.mailbox !== false && client.mailbox.uidNext > nextUid)) return;
      await untilNews(client, context.signal);
    });
  },
});
