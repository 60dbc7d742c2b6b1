import { eventually, HOOK_NOW, publishSketch } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { rested, shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { canvas, saved, showAll, step } from './editor.ts';
import { openDraft } from './people.ts';

let desk: Desk;
let page: Page;
let workflowId = '';

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
  ({ workflowId } = await publishSketch(desk.owner, 'Notes', { nodes: [HOOK_NOW, ['a', 'core.editFields']], edges: ['hook -> a'] }));
  await openDraft(page, workflowId);
  await showAll(page);
});
afterAll(() => desk?.close());

async function notes() {
  await saved(page);
  return (await desk.owner.client.drafts.get({ workflowId })).document.annotations;
}

const note = (name: RegExp) => canvas(page).getByRole('group', { name });
const place = () => page.evaluate<string>('getComputedStyle(document.querySelector(".react-flow__viewport")).transform');

describe('notes, the minimap and how a person looks at a workflow', () => {
  it('C14: a note is written by keyboard, shows its marks and no HTML, and its link leads only outside', async () => {
    await canvas(page).focus();
    await page.keyboard.press('Shift+N');
    const text = '# Owner\nAsk **Ana** or [the wiki](https://wiki.example.com/x), not [this](javascript:alert(1)).\n- <b>first</b>';
    await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
    await page.keyboard.press('Escape');
    await note(/^Owner, note/).waitFor();
    expect(
      await note(/^Owner/)
        .locator('strong')
        .innerText(),
    ).toBe('Ana');
    expect(
      await note(/^Owner/)
        .getByRole('link')
        .count(),
    ).toBe(1);
    expect(
      await note(/^Owner/)
        .getByRole('link')
        .getAttribute('rel'),
    ).toContain('noopener');
    await note(/^Owner/)
      .getByText('<b>first</b>')
      .waitFor();
    await eventually(async () => (await notes())[0]?.text === text);
    await shoot(page, 'note');
    expect(desk.window.faults).toEqual([]);
  });

  it('C14: a note is edited with Enter, coloured, resized, duplicated, moved and deleted, and all of it can be undone', async () => {
    await canvas(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('# Changed');
    await page.keyboard.press('Escape');
    await note(/^Changed, note/).waitFor();
    // However soon it is opened again, that is another entry of the history.
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Text of the note' }).fill('# Changed twice');
    await page.keyboard.press('Escape');
    await note(/^Changed twice, note/).waitFor();
    await page.keyboard.press('ControlOrMeta+z');
    await note(/^Changed, note/).waitFor();
    await page.getByRole('button', { name: 'Green' }).click();
    const corner = await note(/^Changed/)
      .getByRole('button', { name: 'Change the size of the note' })
      .boundingBox();
    await page.mouse.move((corner?.x ?? 0) + 12, (corner?.y ?? 0) + 12);
    await page.mouse.down();
    await page.mouse.move((corner?.x ?? 0) + 92, (corner?.y ?? 0) + 72, { steps: 5 });
    await page.mouse.up();
    await canvas(page).focus();
    await page.keyboard.press('ControlOrMeta+d');
    await eventually(async () => (await note(/^Changed, note/).count()) === 2);
    await eventually(async () => (await notes()).length === 2);
    const [, copied] = await notes();
    await page.keyboard.press('g');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await eventually(async () => (await notes())[1]?.position[0] === (copied?.position[0] ?? 0) + 40);
    const [first, second] = await notes();
    expect(first).toMatchObject({ text: '# Changed', color: 'green' });
    expect(first?.size[0]).toBeGreaterThan(240);
    expect(second).toMatchObject({ text: '# Changed', size: first?.size });
    await page.keyboard.press('Delete');
    await eventually(async () => (await notes()).length === 1);
    for (let press = 0; press < 6; press++) await page.keyboard.press('ControlOrMeta+z');
    await note(/^Owner, note/).waitFor();
    await eventually(async () => expect((await notes())[0]).toMatchObject({ color: 'yellow', size: [240, 160] }));
  });

  it('C18: the minimap is drawn on one canvas, comes and goes with M, stays as it was left, and leads elsewhere by a click', async () => {
    const map = page.getByRole('img', { name: /^Minimap/ });
    await map.waitFor();
    expect(await map.evaluate((element) => element.tagName)).toBe('CANVAS');
    expect(await map.evaluate((element) => element.getAttribute('tabindex'))).toBeNull();
    const before = await place();
    await map.click({ position: { x: 190, y: 10 } });
    await eventually(async () => (await place()) !== before);
    await canvas(page).focus();
    await page.keyboard.press('m');
    await map.waitFor({ state: 'detached' });
    await page.reload();
    await step(page, 'a').or(canvas(page)).first().waitFor();
    expect(await map.count()).toBe(0);
    await canvas(page).focus();
    await page.keyboard.press('m');
    await map.waitFor();
  });

  it('C1: space with dragging, the middle button and two fingers move the canvas; a wheel is taken for a mouse and can be changed', async () => {
    await showAll(page);
    const middle = { x: 900, y: 240 };
    const pan = async (act: () => Promise<void>): Promise<boolean> => {
      const before = await place();
      await act();
      await rested(page);
      return (await place()) !== before;
    };
    const drag = async (button: 'left' | 'middle'): Promise<void> => {
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down({ button });
      await page.mouse.move(middle.x + 60, middle.y + 30, { steps: 4 });
      await page.mouse.up({ button });
    };
    expect(await pan(() => drag('left'))).toBe(true);
    expect(await pan(() => drag('middle'))).toBe(true);
    const zoom = async () => (await place()).split(',')[0];
    const before = await zoom();
    expect(await pan(() => page.mouse.wheel(15, 10))).toBe(true);
    expect(await zoom()).toBe(before);
    await page.getByText('Set up for a trackpad', { exact: true }).waitFor();
    await canvas(page).focus();
    expect(await pan(() => drag('left'))).toBe(false);
    await page.keyboard.down('Space');
    expect(await pan(() => drag('left'))).toBe(true);
    await page.keyboard.up('Space');
    await page.getByRole('button', { name: 'Use a mouse' }).click();
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.wheel(0, 120);
    await rested(page);
    expect(await zoom()).not.toBe(before);
    for (const key of ['0', '1', '+', '-']) {
      await canvas(page).focus();
      await page.keyboard.press(key);
      await rested(page);
    }
  });

  it('C2: camera and open panels are as they were left', async () => {
    await canvas(page).focus();
    await page.keyboard.press('0');
    await rested(page);
    const before = await place();
    await page.getByRole('button', { name: /Latest runs/ }).click();
    const panel = page
      .getByRole('complementary', { name: 'Data, problems and runs' })
      .or(page.getByRole('region', { name: 'Data, problems and runs' }));
    await panel.first().waitFor();
    await page.reload();
    await panel.first().waitFor();
    expect(await place()).toBe(before);
  });
});
