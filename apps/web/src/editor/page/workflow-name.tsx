import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { useCommit } from '../inspector/use-commit.ts';
import { workflowQuery } from '../inspector/webhook/endpoint.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** The name of the workflow, changed in place: in the draft and in the lists. */
export function WorkflowName() {
  const { draft, workflowId, isReadOnly } = useEditor();
  const { t } = useTexts();
  const { name } = useDocument();
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  const local = useCommit(name, (text) => {
    const next = text.trim().slice(0, 200);
    if (next === '') return;
    draft.apply([{ kind: 'renameWorkflow', name: next }], { burst: 'type:name' });
    api.workflows
      .update({ workflowId, body: { name: next } })
      .then(() => queryClient.invalidateQueries({ queryKey: workflowQuery(workflowId).queryKey }), tellError);
  });
  return (
    <h1 className="min-w-0">
      <input
        value={local.text}
        readOnly={isReadOnly}
        aria-label={t('page.name')}
        onChange={(event) => local.change(event.currentTarget.value)}
        onBlur={local.flush}
        size={Math.min(36, Math.max(10, local.text.length))}
        className="max-w-[min(100%,36ch)] min-w-16 [field-sizing:content] rounded-control border border-transparent bg-transparent px-1.5 py-0.5 text-body font-semibold text-ellipsis hover:border-border focus:border-accent focus:outline-none"
      />
    </h1>
  );
}
