import type { Locator, Page } from 'playwright-core';
import type { Edge, WorkflowDocument } from '@millwright/workflow';
import { putSketch, type Sketch } from '@millwright/testing';
import type { Desk } from './desk.ts';
import { canvas, saved, showAll } from './editor.ts';

/** A draft that a test made for itself. */
export interface Graph {
  readonly workflowId: string;
  /** The document as Postgres has it. */
  readonly stored: () => Promise<WorkflowDocument>;
}

/** Makes a workflow over the API, its steps in a row. @param gap px from one step to the next */
export async function makeGraph(desk: Desk, name: string, sketch: Sketch, gap = 340): Promise<Graph> {
  const { client } = desk.owner;
  const { id: workflowId } = await client.workflows.create({ body: { name } });
  await putSketch(desk.owner, { workflowId, name }, sketch);
  const { document, revision } = await client.drafts.get({ workflowId });
  const nodes = document.nodes.map((node, index) => ({ ...node, position: [index * gap, 0] as [number, number] }));
  await client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  return { workflowId, stored: async () => (await client.drafts.get({ workflowId })).document };
}

/** Opens the editor of a draft, all of it in view and no step chosen. */
export async function openGraph(page: Page, { workflowId }: Graph): Promise<void> {
  await page.goto(`/workflows/${workflowId}`);
  await canvas(page).waitFor();
  await saved(page);
  await showAll(page);
}

/** A step with its ports. */
export function whole(page: Page, name: string): Locator {
  return page.locator('.react-flow__node').filter({ has: page.getByRole('group', { name: new RegExp(`^${name},`) }) });
}

/** A point of the window, px. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The middle of what is shown. */
export async function middle(of: Locator): Promise<Spot> {
  const box = await of.boundingBox();
  if (!box) throw new Error(`${of.toString()} is not shown`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A port of a step. */
export function port(page: Page, name: string, side: 'source' | 'target', id = 'main'): Locator {
  return whole(page, name).locator(`.react-flow__handle.${side}[data-handleid="${id}"]`);
}

/** Moves the mouse, pressed, in steps; it stays pressed. */
export async function dragOver(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 6, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 10 });
}

/** Drags with the mouse from one point to another. */
export async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await dragOver(page, from, to);
  await page.mouse.up();
}

/** The middle of the line between two steps. */
export async function middleOfLine(page: Page, from: string, to: string): Promise<Spot> {
  const start = await middle(port(page, from, 'source'));
  const end = await middle(port(page, to, 'target'));
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
}

/** Lines as text, sorted: `a>b`, with the ports that are not the usual ones. */
function linesOf({ edges }: { readonly edges: readonly Edge[] }, name: (id: string) => string = (id) => id): readonly string[] {
  const end = (id: string, at: string): string => name(id) + (at === 'main' ? '' : `.${at}`);
  return edges.map((edge) => `${end(edge.from, edge.output)}>${end(edge.to, edge.input)}`).toSorted();
}

/** The id of the one step of a name. */
export function idOf({ nodes }: WorkflowDocument, name: string): string {
  return nodes.find((node) => node.name === name)?.id ?? `no step ${name}`;
}

/** Lines by the names of the steps. */
export function namedLines(document: WorkflowDocument): readonly string[] {
  return linesOf(document, (id) => document.nodes.find((node) => node.id === id)?.name ?? id);
}

/** The announcement for people who do not see the screen. */
export function spoken(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: /\S/ });
}

/** Puts a text where pasting takes it from. The window needs the permission `clipboard-write`. */
export async function putOnClipboard(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
}
