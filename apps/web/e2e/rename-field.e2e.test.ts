import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { eventually, publishSketch, type Published } from '@millwright/testing';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, inspector, publish, saved, step } from './editor.ts';
import { findings } from './findings.ts';

let desk: Desk;
let page: Page;
let workflow: Published;

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  workflow = await publishSketch(desk.owner, 'Sign-up', {
    nodes: [
      ['Form', 'core.webhook', { answer: 'end' }],
      ['Tidy', 'core.editFields', { assignments: [{ name: 'email', value: '{{ $json.body.email }}' }], keepOther: false }],
      ['Greet', 'core.editFields', { assignments: [{ name: 'text', value: 'Hello {{ $json.email }}' }], keepOther: false }],
      ['Later', 'core.editFields', { assignments: [{ name: 'to', value: "{{ $('Tidy').item.json.email }}" }] }],
    ],
    edges: ['Form -> Tidy', 'Tidy -> Greet', 'Greet -> Later'],
  });
});
afterAll(() => desk?.close());

/** What each step that sets a field holds in the draft as the server has it: the field, and what it is set to. */
async function fields(): Promise<Readonly<Record<string, unknown>>> {
  const { document } = await desk.owner.client.drafts.get({ workflowId: workflow.workflowId });
  return Object.fromEntries(document.nodes.flatMap(({ id, parameters }) => (id === 'Form' ? [] : [[id, parameters['assignments']]])));
}

/** What the draft holds where the field and what reads it have these names. */
const named = (field: string, read: string) => ({
  Tidy: [{ name: field, value: '{{ $json.body.email }}' }],
  Greet: [{ name: 'text', value: `Hello {{ $json.${read} }}` }],
  Later: [{ name: 'to', value: `{{ $('Tidy').item.json.${read} }}` }],
});

async function holds(field: string, read: string): Promise<void> {
  await eventually(async () => expect(await fields()).toEqual(named(field, read)));
}

// Each test goes on where the one before ended, as a person does.
describe('a field that gets another name in the step that sets it', () => {
  it('is offered to be renamed where later steps read it, and nowhere else', async () => {
    await page.goto(`/workflows/${workflow.workflowId}`);
    await step(page, 'Tidy').click();
    const name = inspector(page).getByRole('textbox', { name: '1: Name' });
    await name.fill('mail');
    await name.press('Tab');
    await inspector(page).getByText('2 expressions still read “email”.').waitFor();
    await holds('mail', 'email');
    await shoot(page, 'rename-field-offer');
    expect(await findings(page, 'aside')).toEqual([]);
    await inspector(page).getByRole('button', { name: 'Read “mail” there' }).click();
    await inspector(page).getByText('still read “email”').waitFor({ state: 'detached' });
    await saved(page);
    await holds('mail', 'mail');
    expect(await fields()).toEqual(named('mail', 'mail'));
  });

  it('is read by its old name again everywhere after one undo, and has it back after the next; redo goes the same way', async () => {
    await canvas(page).focus();
    const seen: unknown[] = [];
    for (const [keys, field, read] of [
      ['ControlOrMeta+Z', 'mail', 'email'],
      ['ControlOrMeta+Z', 'email', 'email'],
      ['ControlOrMeta+Shift+Z', 'mail', 'email'],
      ['ControlOrMeta+Shift+Z', 'mail', 'mail'],
    ] as const) {
      await page.keyboard.press(keys);
      await holds(field, read);
      seen.push(await fields());
    }
    expect(seen).toEqual([named('mail', 'email'), named('email', 'email'), named('mail', 'email'), named('mail', 'mail')]);
  });

  it('gives later steps what it gave them before', async () => {
    await publish(page, 2);
    const response = await fetch(workflow.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'jane@acme.com' }),
    });
    expect(await response.json()).toMatchObject({ items: [{ text: 'Hello jane@acme.com', to: 'jane@acme.com' }] });
    expect(desk.window.faults).toEqual([]);
  });
});
