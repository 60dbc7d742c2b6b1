import { eventually, publishSketch, putSketch, queryRows } from '@millwright/testing';
import { createDraft, readDraft } from '@millwright/workflow/draft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import * as Y from 'yjs';
import { shoot } from './browser.ts';
import { openDesk, type Desk } from './desk.ts';
import { fill, inspector, step } from './editor.ts';
import { openDraft, says } from './people.ts';

let desk: Desk;
let page: Page;

async function document(workflowId: string) {
  return (await desk.owner.client.drafts.get({ workflowId })).document;
}

/** Puts a Yjs state into Postgres behind the server's back, as another version of the server would have left it. */
async function plant(workflowId: string, change: (draft: Y.Doc) => void, isNewer: boolean): Promise<void> {
  const draft = createDraft(await document(workflowId));
  change(draft);
  const said = { ...readDraft(draft), ...(isNewer ? { format: 'millwright.workflow/2' } : {}) };
  await queryRows(desk.product.databaseUrl, 'update drafts set y_state = $1, document = $2 where workflow_id = $3', [
    Buffer.from(Y.encodeStateAsUpdate(draft)),
    JSON.stringify(said),
    workflowId,
  ]);
}

/** The Yjs state that Postgres has. */
async function planted(workflowId: string): Promise<Y.Doc> {
  const [row] = await queryRows<{ readonly y_state: Buffer }>(
    desk.product.databaseUrl,
    'select y_state from drafts where workflow_id = $1',
    [workflowId],
  );
  const draft = new Y.Doc();
  if (row) Y.applyUpdate(draft, row.y_state);
  return draft;
}

beforeAll(async () => {
  desk = await openDesk();
  ({ page } = desk.window);
});
afterAll(() => desk?.close());

describe('documents that this version did not expect', () => {
  it('a draft of a newer version is shown, said to be so, and kept whole: nothing can be changed', async () => {
    const { workflowId } = await publishSketch(desk.owner, 'From the future', { nodes: [['hook', 'core.webhook']], edges: [] });
    await plant(
      workflowId,
      (draft) => {
        draft.getMap('meta').set('format', 'millwright.workflow/2');
        draft.getMap('future').set('lanes', ['kept']);
      },
      true,
    );
    await page.goto(`/workflows/${workflowId}`);
    await page.getByText('A newer version of Millwright made this draft.').waitFor();
    await step(page, 'hook').click();
    await shoot(page, 'editor-newer');
    expect(await inspector(page).getByRole('textbox', { name: 'Name of the step' }).getAttribute('readonly')).not.toBeNull();
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
    await page.keyboard.press('Delete');
    await page.goto('/workflows');
    const kept = await planted(workflowId);
    expect(kept.getMap('future').toJSON()).toEqual({ lanes: ['kept'] });
    expect(kept.getMap('meta').get('format')).toBe('millwright.workflow/2');
    await expect(desk.owner.client.drafts.get({ workflowId })).rejects.toMatchObject({ status: 409, code: 'draft_newer' });
    await expect(desk.owner.client.workflows.publish({ workflowId, body: {} })).rejects.toMatchObject({ code: 'draft_newer' });
  });

  it('fields that this version does not know stay in the draft while others are changed', async () => {
    const { workflowId } = await publishSketch(desk.owner, 'Unknown fields', {
      nodes: [
        ['hook', 'core.webhook'],
        ['call', 'http.request', { url: 'https://example.com/first' }],
      ],
      edges: ['hook -> call'],
    });
    await plant(workflowId, (draft) => (draft.getMap('nodes').get('call') as Y.Map<unknown>).set('lane', { from: 'later' }), false);
    await openDraft(page, workflowId);
    await step(page, 'call').click();
    await fill(page, /^Address/, 'https://example.com/changed');
    await says(page, 'saved');
    await eventually(async () => (await document(workflowId)).nodes[1]?.parameters['url'] === 'https://example.com/changed');
    expect(((await planted(workflowId)).getMap('nodes').get('call') as Y.Map<unknown>).get('lane')).toEqual({ from: 'later' });
  });

  it('a step whose type is not installed stays whole while the rest is edited; publishing is refused in words', async () => {
    const { id: workflowId } = await desk.owner.client.workflows.create({ body: { name: 'Not installed' } });
    const parameters = { secretSauce: { deep: ['kept', 1, null] }, url: '{{ $json.x }}' };
    await putSketch(
      desk.owner,
      { workflowId, name: 'Not installed' },
      {
        nodes: [
          ['hook', 'core.webhook'],
          ['gone', 'acme.gone', parameters],
          ['call', 'http.request', { url: 'https://example.com/first' }],
        ],
        edges: ['hook -> gone', 'gone -> call'],
      },
    );
    await openDraft(page, workflowId);
    await page.getByRole('group', { name: /^gone, .*not installed/ }).click();
    await inspector(page)
      .getByText(/acme\.gone/)
      .first()
      .waitFor();
    await shoot(page, 'editor-not-installed');
    await step(page, 'call').click();
    await fill(page, /^Address/, 'https://example.com/changed');
    await says(page, 'saved');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page
      .getByRole('dialog', { name: /^Publish/ })
      .getByText(/acme\.gone/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    const stored = (await document(workflowId)).nodes;
    expect(stored.find((node) => node.id === 'gone')).toMatchObject({ type: 'acme.gone', version: 1, parameters });
    expect(stored.find((node) => node.id === 'call')?.parameters['url']).toBe('https://example.com/changed');
  });

  it('a workflow of 5 MB opens, says that it is large before that hurts, and can be edited', async () => {
    const { workflowId } = await publishSketch(desk.owner, 'Large', {
      nodes: [
        ['hook', 'core.webhook'],
        ['call', 'http.request', { url: 'https://example.com/first' }],
      ],
      edges: ['hook -> call'],
    });
    await plant(
      workflowId,
      (draft) => {
        const settings = (draft.getMap('nodes').get('call') as Y.Map<unknown>).get('parameters') as Y.Map<unknown>;
        settings.set('body', 'x'.repeat(5 * 1024 * 1024));
      },
      false,
    );
    await openDraft(page, workflowId);
    await page.getByText(/^This workflow is large: 5 of at most 16 MB/).waitFor();
    await step(page, 'call').click();
    await fill(page, /^Address/, 'https://example.com/in-large');
    await says(page, 'saved');
    await eventually(async () => (await document(workflowId)).nodes[1]?.parameters['url'] === 'https://example.com/in-large');
    await shoot(page, 'editor-large');
  });

  it('left nothing on the console of the browser', () => {
    expect(desk.window.faults.filter((fault) => !fault.includes('status of 409'))).toEqual([]);
  });
});
