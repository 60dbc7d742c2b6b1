import { useParams, useSearch } from '@tanstack/react-router';
import { VersionsPage } from '../../editor/index.ts';

/** The route of a workflow's history. */
export function VersionsScreen() {
  const { workflowId } = useParams({ from: '/shell/workflows/$workflowId/versions' });
  const search = useSearch({ from: '/shell/workflows/$workflowId/versions' });
  return <VersionsPage key={workflowId} workflowId={workflowId} search={search} />;
}
