import { eventually, publishSketch } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, step } from './editor.ts';
import { type Guest, holdAndMove, inviteGuest, middleOf, openDraft, person, says, takeInvitation } from './people.ts';

const SKETCH = {
  nodes: [
    ['hook', 'core.webhook'],
    ['call', 'http.request', { url: 'https://example.com/first' }],
    ['edit', 'core.editFields'],
  ],
  edges: ['hook -> call', 'call -> edit'],
} as const;

let desk: Desk;
let ana: Page;
let bo: Guest;

async function sketch(name: string): Promise<string> {
  return (await publishSketch(desk.owner, name, SKETCH)).workflowId;
}

/** A step in the draft as Postgres has it. */
async function stored(workflowId: string, id: string) {
  return (await desk.owner.client.drafts.get({ workflowId })).document.nodes.find((node) => node.id === id);
}

/** Both open the same draft. */
async function meet(name: string): Promise<string> {
  const workflowId = await sketch(name);
  await openDraft(ana, workflowId);
  await openDraft(bo.page, workflowId);
  await person(ana, /^.?Bo Editor/).waitFor();
  await person(bo.page, /^.?Ana Owner/).waitFor();
  return workflowId;
}

const address = (page: Page) => inspector(page).getByRole('textbox', { name: /^Address/ });

beforeAll(async () => {
  desk = await openDesk();
  ana = desk.window.page;
});
afterAll(() => desk?.close());

describe('two people at one workflow', () => {
  it('V5: the first owner invites a second person on the screen, who takes the link and edits along', async () => {
    await ana.goto('/settings/members');
    await ana.getByRole('button', { name: 'Invite a person' }).click();
    await ana.getByRole('textbox', { name: 'E-mail of the person' }).fill('bo@example.com');
    await ana.getByRole('dialog').getByRole('button', { name: 'Invite', exact: true }).click();
    const link = await ana.getByRole('textbox', { name: 'Invitation link' }).inputValue();
    bo = await takeInvitation(desk, link, 'Bo Editor');
    await meet('Together');
    expect(await person(ana, /^.?Bo Editor.*edits/).count()).toBe(1);
  });

  it('V5: shows who is at which step and field, where the pointer is, and that somebody types', async () => {
    await meet('Present');
    await step(bo.page, 'call').click();
    const ring = ana.locator('.mw-peer');
    await ring.getByText('Bo Editor', { exact: true }).waitFor();
    const { x, y } = await middleOf(bo.page, 'edit');
    await bo.page.mouse.move(x, y, { steps: 5 });
    await ana.locator('.mw-cursor', { hasText: 'Bo Editor' }).waitFor();
    await step(ana, 'call').click();
    await address(bo.page).pressSequentially('x');
    await inspector(ana)
      .getByText(/Bo Editor.? is typing here/)
      .waitFor();
    await ring.getByText(/Bo Editor.? is editing this step/).waitFor();
    await shoot(ana, 'together');
    // Nobody is locked out: who types last, writes.
    await address(ana).fill('https://example.com/by-ana');
    await eventually(async () => (await address(bo.page).inputValue()) === 'https://example.com/by-ana');
    await bo.page.goto('/workflows');
    await person(ana, /Bo Editor/).waitFor({ state: 'detached' });
    expect(await ring.count()).toBe(0);
    expect(await ana.locator('.mw-cursor').count()).toBe(0);
  });

  it('V5: follows a person until the own canvas is moved', async () => {
    await meet('Followed');
    await person(ana, /Bo Editor/).click();
    expect(await person(ana, /Bo Editor/).getAttribute('aria-pressed')).toBe('true');
    await canvas(bo.page).focus();
    await bo.page.keyboard.press('0');
    const zoomOf = async (page: Page) =>
      /scale\((.*?)\)/.exec((await page.locator('.react-flow__viewport').getAttribute('style')) ?? '')?.[1];
    await bo.page.mouse.move(700, 500);
    await bo.page.mouse.wheel(0, 120);
    await eventually(async () => (await zoomOf(ana)) === (await zoomOf(bo.page)));
    const far = async (page: Page) => (await step(page, 'call').boundingBox())?.y ?? Number.NaN;
    await eventually(async () => Math.abs((await far(ana)) - (await far(bo.page))) < 40);
    await ana.mouse.move(700, 500);
    await ana.mouse.wheel(0, -60);
    await eventually(async () => (await person(ana, /Bo Editor/).getAttribute('aria-pressed')) === 'false');
  });

  it('E18: a step that one drags while the other edits a field of it keeps both; undo takes back only the own part', async () => {
    const workflowId = await meet('Dragged');
    const before = (await stored(workflowId, 'call'))?.position;
    await step(bo.page, 'call').click();
    await holdAndMove(ana, 'call', { x: 0, y: 160 });
    // Live, before it is dropped: on the other screen it moves along.
    const start = await middleOf(bo.page, 'edit');
    await eventually(async () => (await middleOf(bo.page, 'call')).y > start.y + 80);
    expect((await stored(workflowId, 'call'))?.position).toEqual(before);
    await address(bo.page).fill('https://example.com/while-dragged');
    await ana.mouse.up();
    await eventually(async () => {
      const node = await stored(workflowId, 'call');
      return node?.parameters['url'] === 'https://example.com/while-dragged' && node.position[1] > (before?.[1] ?? 0) + 80;
    });
    await step(ana, 'call').click();
    await eventually(async () => (await address(ana).inputValue()) === 'https://example.com/while-dragged');
    await canvas(ana).focus();
    await ana.keyboard.press('ControlOrMeta+z');
    await eventually(async () => (await stored(workflowId, 'call'))?.position[1] === before?.[1]);
    expect((await stored(workflowId, 'call'))?.parameters['url']).toBe('https://example.com/while-dragged');
    await eventually(async () => expect(await address(bo.page).inputValue()).toBe('https://example.com/while-dragged'));
  });

  it('V5: somebody who may only look is shown as such, and is seen at the step that they look at', async () => {
    const workflowId = await meet('Looked at');
    const vera = await inviteGuest(desk, 'Vera Viewer', 'viewer');
    await vera.page.goto(`/workflows/${workflowId}`);
    await step(vera.page, 'hook').click();
    await person(ana, /Vera Viewer.?, can only look/).waitFor();
    await ana.locator('.mw-peer').getByText('Vera Viewer').waitFor();
    expect(
      await person(ana, /Vera Viewer/)
        .locator('svg')
        .count(),
    ).toBe(1);
    await vera.context.close();
    await person(ana, /Vera Viewer/).waitFor({ state: 'detached' });
  });

  it('two tabs of one person are one person, and edit the same draft', async () => {
    const workflowId = await meet('Two tabs');
    const second = await desk.window.context.newPage();
    await openDraft(second, workflowId);
    await person(ana, /^You, in another tab/).waitFor();
    expect(await person(bo.page, /Ana Owner/).count()).toBe(1);
    await step(second, 'call').click();
    await address(second).fill('https://example.com/second-tab');
    await says(second, 'saved');
    await step(ana, 'call').click();
    await eventually(async () => (await address(ana).inputValue()) === 'https://example.com/second-tab');
    await second.close();
  });

  it('names from right to left, with emoji and quotes stand by themselves and break nothing', async () => {
    const workflowId = await meet('Names');
    const odd = 'שלום "קוד" 🎉 <b>';
    const guest = await inviteGuest(desk, 'مريم (QA)', 'editor', 'maryam@example.com');
    await openDraft(guest.page, workflowId);
    await person(ana, /مريم/).waitFor();
    await step(ana, 'call').click();
    await inspector(ana).getByRole('textbox', { name: 'Name of the step' }).fill(odd);
    await says(ana, 'saved');
    await eventually(async () => (await stored(workflowId, 'call'))?.name === odd);
    const title = bo.page.locator('.mw-card-title', { hasText: '🎉' });
    await title.waitFor();
    expect(await title.innerText()).toBe(odd);
    const isolation = `getComputedStyle([...document.querySelectorAll('.mw-card-title')].find((title) => title.textContent.includes('🎉'))).unicodeBidi`;
    expect(await bo.page.evaluate<string>(isolation)).toMatch(/isolate|plaintext/);
    await step(guest.page, 'edit').click();
    await ana.locator('.mw-peer bdi', { hasText: 'مريم (QA)' }).waitFor();
    await shoot(ana, 'together-names');
    await guest.context.close();
  });

  it('left nothing on the consoles of their browsers', () => {
    expect([...desk.window.faults, ...bo.faults]).toEqual([]);
  });
});
