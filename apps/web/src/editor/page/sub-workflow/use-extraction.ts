import { useEffect, useMemo, useState } from 'react';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import type { ExpressionTools } from '../../core/graph/sub-workflow/crossings.ts';
import { planExtraction } from '../../core/graph/sub-workflow/extract.ts';
import type { ExtractWords } from '../../core/graph/sub-workflow/given.ts';
import { selectNodes } from '../../core/state/interface-store.ts';
import { useDocument, useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { fetchTools } from './fetch-tools.ts';
import { makeWorkflow } from './sub-workflow-api.ts';

/** Names of the steps that an extraction makes. */
function useWords(): ExtractWords {
  const { t } = useTexts();
  return useMemo(
    () => ({ called: t('extract.called'), unpack: t('extract.unpack'), collect: t('extract.collect'), result: t('extract.result') }),
    [t],
  );
}

/** Whether the selected steps can become a workflow, and making it. */
export function useExtraction(name: string) {
  const session = useEditor();
  const { t } = useTexts();
  const tellError = useErrorToast();
  const document = useDocument();
  const words = useWords();
  const [nodeIds] = useState(() => session.ui.getState().selectedNodes);
  const [tools, setTools] = useState<ExpressionTools | null>(null);
  const [isMaking, setMaking] = useState(false);
  useEffect(() => {
    void fetchTools().then(setTools, tellError);
  }, [tellError]);
  const plan = tools && planExtraction(document, session.catalog, { nodeIds, name, words, tools });
  const make = async (): Promise<boolean> => {
    if (!tools || !plan || 'refusal' in plan) return false;
    setMaking(true);
    try {
      const { workflowId, isLive } = await makeWorkflow(plan.child);
      // A colleague may have changed the steps meanwhile: then the new workflow would not be what is cut out.
      if (session.draft.document() !== document) {
        showToast({ title: t('extract.changed'), description: t('extract.changedHint', { name }), tone: 'failed' });
        return false;
      }
      session.draft.apply(plan.changes(workflowId));
      selectNodes(session.ui, [plan.callId]);
      session.camera.current?.reveal(plan.callId);
      session.say({ key: 'say.extracted', values: { name, count: plan.child.nodes.length } });
      if (!isLive) showToast({ title: t('extract.notLive', { name }), description: t('extract.notLiveHint'), tone: 'failed' });
      return true;
    } catch (thrown) {
      tellError(thrown);
      return false;
    } finally {
      setMaking(false);
    }
  };
  return { plan, count: nodeIds.size, isMaking, make };
}
