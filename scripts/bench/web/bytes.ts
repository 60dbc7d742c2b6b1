import { inspector, step } from '../../../apps/web/e2e/editor.ts';
import { drawn } from '../../../apps/web/e2e/large.ts';
import { largeLibraries, listenForPrograms, ROUTE_CAPS_KB, weighKb, type Program } from '../../../apps/web/e2e/programs.ts';
import type { Ground } from './ground.ts';
import type { WebRow } from './row.ts';

async function askedBy(ground: Ground, address: string, isSignedIn: boolean): Promise<readonly Program[]> {
  const { page, context } = await ground.open(isSignedIn);
  const asked = listenForPrograms(page);
  try {
    await page.goto(address);
    return await asked();
  } finally {
    await context.close();
  }
}

/** What is fetched when a field is opened as an expression. */
async function askedByExpression(ground: Ground, workflowId: string): Promise<readonly Program[]> {
  const { page, context } = await ground.open();
  const asked = listenForPrograms(page);
  try {
    await page.goto(`/workflows/${workflowId}`);
    await drawn(page);
    await step(page, 'Step 0').click();
    await asked();
    await step(page, 'Step 1').click();
    await inspector(page)
      .getByRole('button', { name: /value from data$/ })
      .first()
      .click();
    return await asked();
  } finally {
    await context.close();
  }
}

/** T12 and T13: what each route loads before any click, and that no large library comes before it is needed. */
export async function bytes(ground: Ground): Promise<readonly WebRow[]> {
  const workflowId = await ground.workflow(200);
  const editor = await askedBy(ground, `/workflows/${workflowId}`, true);
  const routes = [
    { name: 'sign-in', cap: ROUTE_CAPS_KB.signIn, asked: await askedBy(ground, '/sign-in', false) },
    { name: 'the list of workflows', cap: ROUTE_CAPS_KB.list, asked: await askedBy(ground, '/workflows', true) },
    { name: 'the editor', cap: ROUTE_CAPS_KB.editor, asked: editor },
    { name: 'the first expression', cap: ROUTE_CAPS_KB.expression, asked: await askedByExpression(ground, workflowId) },
  ];
  return [
    ...routes.map(({ name, cap, asked }): WebRow => {
      return { gate: 'T12', nodes: 0, metric: `programs of ${name}, KB gzip`, value: weighKb(asked), cap, better: 'lower' };
    }),
    ...Object.entries(largeLibraries(editor)).map(([library, files]): WebRow => {
      return { gate: 'T13', nodes: 0, metric: `files with ${library} before any click`, value: files.length, cap: 0, better: 'lower' };
    }),
  ];
}
