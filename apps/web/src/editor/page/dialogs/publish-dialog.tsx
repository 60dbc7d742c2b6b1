import { ApiError } from '@millwright/client';
import type { Problem } from '@millwright/workflow';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useStore } from 'zustand';
import { api } from '../../../api/client.ts';
import { useErrorToast } from '../../../api/use-error-toast.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { workflowQuery } from '../../inspector/webhook/endpoint.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import type { DraftSync } from '../../sync/draft-sync.ts';
import { useTexts } from '../../texts.ts';
import { ProblemList } from '../problem-list.tsx';

function usePublish(onProblems: (problems: readonly Problem[]) => void) {
  const { workflowId, ui } = useEditor();
  const { t } = useTexts();
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (note: string) => api.workflows.publish({ workflowId, body: { note } }),
    onSuccess: ({ version, endpoints }) => {
      ui.setState({ dialog: null });
      void queryClient.invalidateQueries({ queryKey: ['workflows'] });
      showToast({
        title: t('publish.done', { number: version.number }),
        description: endpoints.length > 0 ? t('publish.doneWebhook') : t('publish.doneHint'),
      });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'graph_invalid') onProblems(error.problems);
      else tellError(error);
    },
  });
}

/** What the click will do, before it is made. */
function Consequences() {
  const { workflowId } = useEditor();
  const { t } = useTexts();
  const { nodes } = useDocument();
  const { data } = useQuery(workflowQuery(workflowId));
  const live = data?.liveVersion;
  const hasWebhook = nodes.some((node) => node.type === 'core.webhook' && !node.settings.disabled);
  return (
    <ul className="my-3 flex list-disc flex-col gap-1 pl-5 text-body text-text-2">
      <li>{live ? t('publish.replaces', { next: live.number + 1, number: live.number }) : t('publish.first')}</li>
      {live ? <li>{t('publish.running', { number: live.number })}</li> : null}
      {hasWebhook ? <li>{t('publish.webhook')}</li> : null}
    </ul>
  );
}

function NoteField({ note, onChange }: { readonly note: string; readonly onChange: (note: string) => void }) {
  const { t } = useTexts();
  return (
    <Field label={t('publish.note')} optional hint={t('publish.noteHint')}>
      {(control) => (
        <textarea
          {...control}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={`${controlClass} py-1.5`}
        />
      )}
    </Field>
  );
}

/** What is wrong with the draft as it is stored now; null while that is not known: what was wrong before the last change says nothing. */
function useCheck(workflowId: string, isOn: boolean): readonly Problem[] | null {
  const { data, isFetching } = useQuery({
    queryKey: ['problems', workflowId, 'publish'],
    queryFn: ({ signal }) => api.workflows.problems({ workflowId }, { signal }),
    enabled: isOn,
    staleTime: 0,
  });
  return isFetching || !isOn ? null : (data?.problems ?? null);
}

/** Publishes the draft as an immutable version: consequences, a note, and every problem with the way to its field. */
export function PublishDialog({ sync }: { readonly sync: DraftSync }) {
  const { ui, workflowId } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'publish');
  const save = useStore(sync.state, (state) => state.save);
  const [note, setNote] = useState('');
  const [refused, setRefused] = useState<readonly Problem[] | null>(null);
  const publish = usePublish(setRefused);
  const checked = useCheck(workflowId, isOpen && save === 'saved');
  // Until it is known, publishing may be tried: the server checks again.
  const shown = refused ?? checked ?? [];
  const errors = shown.filter((problem) => problem.level === 'error').length;
  const close = (): void => {
    setRefused(null);
    ui.setState({ dialog: null });
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : close())}
      title={t('publish.title')}
      description={errors > 0 ? t('publish.blocked', { count: errors }) : t('publish.intro')}
      widthPx={560}
      actions={
        <>
          <Button onClick={close}>{t('publish.cancel')}</Button>
          <Button
            variant="primary"
            disabled={errors > 0 || save === 'offline' || save === 'problem'}
            busy={publish.isPending || save === 'saving'}
            onClick={() => publish.mutate(note, { onSuccess: () => setNote('') })}
          >
            {t('page.publish')}
          </Button>
        </>
      }
    >
      {shown.length > 0 ? (
        <section aria-label={t('page.problemsTitle')} className="my-3 max-h-64 overflow-y-auto rounded-control border border-border p-1">
          <ProblemList problems={shown} onGo={close} />
        </section>
      ) : null}
      {errors > 0 ? null : <Consequences />}
      {save === 'offline' ? <p className="mb-2 text-body text-status-failed">{t('publish.offline')}</p> : null}
      <NoteField note={note} onChange={setNote} />
    </Dialog>
  );
}
