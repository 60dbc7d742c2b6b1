import { useParams } from '@tanstack/react-router';
import { RunPage } from '../../editor/index.ts';

/** The route of one run on the canvas. */
export function RunScreen() {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
  return <RunPage key={runId} runId={runId} />;
}
