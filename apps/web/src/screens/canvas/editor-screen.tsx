import { useParams, useSearch } from '@tanstack/react-router';
import { EditorPage, SafePage } from '../../editor/index.ts';

/** The route of the editor. A new workflow gets a new editor: nothing of the last one stays. */
export function EditorScreen() {
  const { workflowId } = useParams({ from: '/shell/workflows/$workflowId' });
  const { safe } = useSearch({ from: '/shell/workflows/$workflowId' });
  return safe === 1 ? <SafePage key={workflowId} workflowId={workflowId} /> : <EditorPage key={workflowId} workflowId={workflowId} />;
}
