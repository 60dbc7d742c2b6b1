import { sketchDocument, type EdgeSketch, type NodeSketch } from './documents.ts';
import type { SignedIn } from './owner.ts';

/** A workflow that listens. */
export interface Published {
  readonly workflowId: string;
  /** Of its first webhook. */
  readonly url: string;
}

/** Creates a workflow from a sketch and publishes it. @throws ApiError with every problem */
export async function publishSketch(
  owner: SignedIn,
  name: string,
  sketch: { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] },
): Promise<Published> {
  const { id } = await owner.client.workflows.create({ body: { name } });
  const { revision } = await owner.client.drafts.get({ workflowId: id });
  await owner.client.drafts.put({ workflowId: id, revision, body: sketchDocument(name, sketch.nodes, sketch.edges) });
  const { endpoints } = await owner.client.workflows.publish({ workflowId: id, body: {} });
  return { workflowId: id, url: endpoints[0]?.url ?? '' };
}
