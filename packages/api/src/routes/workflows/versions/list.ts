import { endpoints, type VersionSummary } from '@millwright/contracts';
import { versions } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';
import { personOf, readPeople, requireWorkflow, type People } from '../../../workflow-views.ts';

/** A version as the wire shows it. */
export function toVersionSummary(version: versions.VersionSummary, people: People, liveId: string | undefined): VersionSummary {
  const { id, number, note, publishedAt, publishedBy } = version;
  return { id, number, note, publishedAt: publishedAt.toISOString(), publishedBy: personOf(people, publishedBy), live: id === liveId };
}

/** `GET /api/v1/workflows/:workflowId/versions` */
export const listVersions = defineRoute(
  endpoints.workflows.listVersions,
  { ...READ_RULES, permission: 'workflows.read' },
  ({ params, read }) =>
    read(async (tx) => {
      const { liveVersion } = await requireWorkflow(tx, params.workflowId);
      const people = await readPeople(tx);
      return { items: (await versions.list(tx, params.workflowId)).map((version) => toVersionSummary(version, people, liveVersion?.id)) };
    }),
);
