import { sketchDocument, type EdgeSketch, type NodeSketch } from './documents.ts';
import type { SignedIn } from './owner.ts';

/** A workflow that listens. */
export interface Published {
  readonly workflowId: string;
  /** Of its first webhook. */
  readonly url: string;
}

/** A workflow in short. */
export interface Sketch {
  readonly nodes: readonly NodeSketch[];
  readonly edges: readonly EdgeSketch[];
  /** Settings of the workflow that are not the default. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Replaces the draft of a workflow by a sketch. */
export async function putSketch(
  { client }: SignedIn,
  of: { readonly workflowId: string; readonly name: string },
  sketch: Sketch,
): Promise<void> {
  const { workflowId, name } = of;
  const { revision } = await client.drafts.get({ workflowId });
  const document = sketchDocument(name, sketch.nodes, sketch.edges);
  await client.drafts.put({ workflowId, revision, body: { ...document, settings: { ...document.settings, ...sketch.settings } } });
}

/** Creates a workflow from a sketch and publishes it. @throws ApiError with every problem */
export async function publishSketch(owner: SignedIn, name: string, sketch: Sketch): Promise<Published> {
  const { id } = await owner.client.workflows.create({ body: { name } });
  await putSketch(owner, { workflowId: id, name }, sketch);
  const { endpoints } = await owner.client.workflows.publish({ workflowId: id, body: {} });
  return { workflowId: id, url: endpoints[0]?.url ?? '' };
}
