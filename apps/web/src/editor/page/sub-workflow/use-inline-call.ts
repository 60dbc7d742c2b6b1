import { useErrorToast } from '../../../api/use-error-toast.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { EditorSession } from '../../core/session.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { loadPanelTexts, useTexts } from '../../texts.ts';
import { calledDocument } from './sub-workflow-api.ts';
import { fetchTools } from './fetch-tools.ts';

/** Puts the steps of a called workflow where it is called, as one entry of the history. */
export function useInlineCall(): (session: EditorSession, callId: string) => Promise<void> {
  const { t, say } = useTexts();
  const tellError = useErrorToast();
  return async (session, callId) => {
    const { draft, catalog, ui, camera } = session;
    try {
      const workflow = findNode(draft.document(), callId)?.parameters['workflow'];
      const [child, tools, { planInlining }] = await Promise.all([
        calledDocument(typeof workflow === 'string' ? workflow : ''),
        fetchTools(),
        import('../../core/graph/sub-workflow/inline.ts'),
        loadPanelTexts(),
      ]);
      const document = draft.document();
      const words = { input: t('extract.input'), each: t('extract.each') };
      const plan = planInlining(document, catalog, { callId, child, words, tools });
      if ('refusal' in plan) {
        const name = child.nodes.find(({ id }) => id === plan.nodeId)?.name ?? findNode(document, callId)?.name ?? '';
        showToast({ title: t('extract.cannotInline'), description: say(`extract.refused.${plan.refusal}`, { name }), tone: 'failed' });
        return;
      }
      draft.apply(plan.changes);
      selectNodes(ui, plan.nodeIds);
      camera.current?.revealAll(plan.nodeIds);
      session.say({ key: 'say.inlined', values: { name: child.name, count: plan.nodeIds.length } });
    } catch (thrown) {
      tellError(thrown);
    }
  };
}
