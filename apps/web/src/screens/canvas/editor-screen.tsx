import { useParams } from '@tanstack/react-router';
import { EditorPage } from '../../editor/index.ts';

/** The route of the editor. A new workflow gets a new editor: nothing of the last one stays. */
export function EditorScreen() {
  const { workflowId } = useParams({ from: '/shell/workflows/$workflowId' });
  return <EditorPage key={workflowId} workflowId={workflowId} />;
}
