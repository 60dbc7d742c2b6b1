import type { Page } from 'playwright-core';
import { canvas, step } from '../../apps/web/e2e/editor.ts';
import type { Shown } from './data.ts';

/** One picture: how to get there. */
export interface Screen {
  readonly name: string;
  readonly go: (page: Page) => Promise<void>;
  /** Left out in windows that are too narrow to edit in. Default false. */
  readonly needsRoom?: boolean;
  /** Taken by somebody who is not signed in. Default false. */
  readonly isOutside?: boolean;
}

/** A list that is followed live keeps a request open: after so long nothing more is fetched, ms. */
const IDLE_MS = 3_000;
const idle = (page: Page): Promise<void> => page.waitForLoadState('networkidle', { timeout: IDLE_MS }).catch(() => undefined);

const at = (name: string, path: string): Screen => ({
  name,
  go: async (page) => {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    await idle(page);
  },
});

/** Opens a workflow, waits for a card, and does something there. */
function editor(name: string, workflow: { readonly id: string; readonly card: string }, act: (page: Page) => Promise<unknown>): Screen {
  return {
    name,
    needsRoom: true,
    go: async (page) => {
      // Each picture stands alone: the panels of the one before would be open still.
      await page.evaluate('localStorage.clear()');
      await page.goto(`/workflows/${workflow.id}`);
      await step(page, workflow.card).waitFor();
      await canvas(page).focus();
      await page.keyboard.press('1');
      await act(page);
    },
  };
}

function editorScreens({ leads, large, empty }: Shown): readonly Screen[] {
  const card = { id: leads, card: 'Website form' };
  const press = (keys: string) => (page: Page) => page.keyboard.press(keys);
  return [
    { ...at('editor-empty', `/workflows/${empty}`), needsRoom: true },
    editor('editor', card, press('Escape')),
    editor('editor-step', card, (page) => step(page, 'Tidy the lead').click()),
    editor('editor-settings-of-a-step', card, async (page) => {
      await step(page, 'Tidy the lead').click();
      await page.getByRole('tab', { name: 'Settings' }).click();
    }),
    editor('editor-outline', card, async (page) => {
      await step(page, 'Score').click();
      await canvas(page).focus();
      await page.keyboard.press('o');
    }),
    editor('editor-picker', card, async (page) => {
      await step(page, 'Hand over').click();
      await canvas(page).focus();
      await page.keyboard.press('/');
    }),
    editor('editor-palette', card, press('ControlOrMeta+k')),
    editor('editor-shortcuts', card, press('?')),
    editor('editor-find', card, press('ControlOrMeta+f')),
    editor('editor-connecting', card, async (page) => {
      await step(page, 'Hand over').click();
      await canvas(page).focus();
      await page.keyboard.press('l');
    }),
    editor('editor-moving', card, async (page) => {
      await step(page, 'Hand over').click();
      await canvas(page).focus();
      await page.keyboard.press('g');
    }),
    editor('editor-runs', card, (page) => page.getByRole('button', { name: 'Latest runs' }).click()),
    editor('editor-publish', card, press('Shift+P')),
    editor('editor-workflow-settings', card, (page) => page.getByRole('button', { name: 'Settings of the workflow' }).click()),
    editor('editor-200-steps', { id: large, card: 'Step 0' }, press('Escape')),
    { ...at('editor-safe-open', `/workflows/${leads}?safe=1`) },
    { ...at('editor-narrow', `/workflows/${leads}`) },
  ];
}

/** Every screen that is photographed. */
export function screensOf(shown: Shown): readonly Screen[] {
  return [
    { ...at('sign-in', '/sign-in'), isOutside: true },
    at('workflows', '/workflows'),
    at('runs', '/runs'),
    at('connections', '/connections'),
    at('members', '/settings/members'),
    at('variables', '/settings/variables'),
    at('apps', '/settings/apps'),
    at('connectors', '/settings/connectors'),
    at('add-connector', '/settings/connectors/add'),
    at('mail', '/settings/mail'),
    at('network', '/settings/network'),
    at('reliability', '/settings/reliability'),
    at('profile', '/settings/profile'),
    at('lost', '/nowhere'),
    at('run-succeeded', `/runs/${shown.succeeded}`),
    {
      name: 'run-step',
      go: async (page) => {
        await page.goto(`/runs/${shown.succeeded}`);
        await step(page, 'Tidy the lead').click();
        await idle(page);
      },
    },
    at('run-failed', `/runs/${shown.failed}`),
    ...editorScreens(shown),
  ];
}
