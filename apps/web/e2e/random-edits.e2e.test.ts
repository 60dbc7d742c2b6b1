import { publishSketch } from '@millwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { editTogether } from './editing/two-people.ts';
import { inviteGuest } from './people.ts';

/** `npm run prove:editing -- --seconds N --seed K` sets them; without it the suite takes a short look with a seed of its own. */
const seconds = Number(process.env['MILLWRIGHT_EDITING_SECONDS'] ?? 20);
const seed = Number(process.env['MILLWRIGHT_EDITING_SEED'] ?? Date.now() % 100_000);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());

it(
  `two people who do random things for ${seconds} s (seed ${seed}), one offline and back, have the same document and lose nothing; each undo takes back only its own`,
  async () => {
    const { workflowId } = await publishSketch(desk.owner, 'Random', {
      nodes: [
        ['hook', 'core.webhook'],
        ['one', 'http.request', { url: 'https://example.com/one' }],
        ['two', 'http.request', { url: 'https://example.com/two' }],
        ['three', 'http.request', { url: 'https://example.com/three' }],
        ['four', 'http.request', { url: 'https://example.com/four' }],
      ],
      edges: ['hook -> one', 'hook -> two', 'one -> three', 'two -> four'],
    });
    const guest = await inviteGuest(desk, 'Bo Editor', 'editor');
    for (const page of [desk.window.page, guest.page]) await page.emulateMedia({ reducedMotion: 'reduce' });
    const story: string[] = [];
    const outcome = await editTogether({
      workflowId,
      pages: [desk.window.page, guest.page],
      seconds,
      seed,
      readDocument: async () => (await desk.owner.client.drafts.get({ workflowId })).document,
      onAct: (words) => story.push(words),
    }).catch((thrown: unknown) => {
      throw new Error(`seed ${seed}, after:\n${story.join('\n')}`, { cause: thrown });
    });
    expect(outcome.faults, `seed ${seed}: npm run prove:editing -- --seconds ${seconds} --seed ${seed}\n${story.join('\n')}`).toEqual([]);
    expect(outcome.acts).toBeGreaterThan(seconds / 6);
    expect([...desk.window.faults, ...guest.faults].filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  },
  seconds * 1000 * 3 + 180_000,
);
