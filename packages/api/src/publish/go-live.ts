import type { EndpointView } from '@millwright/contracts';
import { endpoints, triggerBindings, workflows, type TenantTx } from '@millwright/db';
import type { ApiDeps } from '../deps.ts';
import { bindingsOf, endpointsOf, isForCallers } from '../webhook-endpoints.ts';
import { toEndpointView } from '../workflow-views.ts';
import type { Candidate } from './plan-or-refuse.ts';

/** Makes a stored version the one that runs, with its URLs and what binds its triggers. @returns the URLs that callers use */
export async function goLive(
  tx: TenantTx,
  { workflowId, document, principal, versionId }: Candidate & { readonly versionId: string },
  { catalog, publicUrl }: Pick<ApiDeps, 'catalog' | 'publicUrl'>,
): Promise<EndpointView[]> {
  await workflows.setLive(tx, { workflowId, versionId, by: principal.userId });
  const made = await endpoints.upsertForWorkflow(tx, workflowId, endpointsOf(document, catalog));
  await triggerBindings.bindForWorkflow(tx, workflowId, bindingsOf(document, catalog, made));
  return made.filter(isForCallers).map((endpoint) => toEndpointView(endpoint, publicUrl));
}
