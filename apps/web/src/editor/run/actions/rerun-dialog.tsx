import type { RunSummary } from '@millwright/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { useTexts } from '../../texts.ts';
import { InputChoice } from './input-choice.tsx';
import { readInput } from './new-input.ts';
import { useOpenNewRun } from './use-run-moves.ts';
import { type AgainVersion, VersionChoice } from './version-choice.tsx';

/** Does everything again with the same input, as a new run: also what was sent before is sent once more. */
export function RerunDialog({ run, onClose }: { readonly run: RunSummary; readonly onClose: () => void }) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const tellError = useErrorToast();
  const open = useOpenNewRun();
  const [version, setVersion] = useState<AgainVersion>('same');
  const [text, setText] = useState<string | null>(null);
  const read = readInput(text);
  const rerun = useMutation({
    mutationFn: () => api.runs.rerun({ runId: run.id, body: { version, ...(read?.input ? { input: read.input } : {}) } }),
    onSuccess: ({ runId }) => {
      onClose();
      open(runId, t('rerun.done'));
    },
    onError: tellError,
  });
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={t('rerun.title')}
      description={t('rerun.intro')}
      widthPx={520}
      actions={
        <>
          <Button onClick={onClose}>{core('ui.cancel')}</Button>
          <Button variant="primary" busy={rerun.isPending} disabled={read === null} onClick={() => rerun.mutate()}>
            {t('rerun.action')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-3">
        <VersionChoice number={run.versionNumber} value={version} onChange={setVersion} />
        <InputChoice runId={run.id} text={text} onChange={setText} />
      </div>
    </Dialog>
  );
}
