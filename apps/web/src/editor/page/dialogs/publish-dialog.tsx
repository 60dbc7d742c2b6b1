import type { Problem } from '@millwright/workflow';
import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorWords } from '../../../api/error-words.ts';
import { useCan } from '../../../api/session.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { LoadingWords, Skeleton } from '../../../ui/states/skeleton.tsx';
import { workflowQuery } from '../../inspector/webhook/endpoint.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import type { DraftSync } from '../../sync/draft-sync.ts';
import type { SaveState } from '../../sync/save-state.ts';
import { useTexts } from '../../texts.ts';
import { ProblemList } from '../problem-list.tsx';
import { ChangeList } from './publish/change-list.tsx';
import { ReachLine } from './publish/reach-line.tsx';
import { type DraftDifference, useDraftDifference } from './publish/use-draft-difference.ts';
import { type Choice, useChecked, useChoice, usePublish } from './publish/use-publishing.ts';

/** What the click will do, before it is made. */
function Consequences({ next }: { readonly next: number | undefined }) {
  const { workflowId } = useEditor();
  const { t } = useTexts();
  const { nodes } = useDocument();
  const { data } = useQuery(workflowQuery(workflowId));
  const live = data?.liveVersion;
  const hasWebhook = nodes.some((node) => node.type === 'core.webhook' && !node.settings.disabled);
  return (
    <ul className="my-3 flex list-disc flex-col gap-1 pl-5 text-body text-text-2">
      <li>{live ? t('publish.replaces', { next: next ?? live.number + 1, number: live.number }) : t('publish.first')}</li>
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

/** Something that happened while the dialog was open. */
function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <p className="my-3 flex gap-2 rounded-control border border-status-retrying/50 bg-status-retrying/10 p-2 text-body">
      <Info size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}

function Problems({ problems, onGo }: { readonly problems: readonly Problem[]; readonly onGo: () => void }) {
  const { t } = useTexts();
  if (problems.length === 0) return null;
  return (
    <section aria-label={t('page.problemsTitle')} className="my-3 max-h-64 overflow-y-auto rounded-control border border-border p-1">
      <ProblemList problems={problems} onGo={onGo} />
    </section>
  );
}

/** The changes, or why there are none to see. */
function Changes({
  loaded,
  choice,
  canPublish,
}: {
  readonly loaded: ReturnType<typeof useDraftDifference>;
  readonly choice: Choice;
  readonly canPublish: boolean;
}) {
  const { t } = useTexts();
  const { t: core } = useTranslation('core');
  const { difference, error, retry } = loaded;
  if (error !== null && error !== undefined && difference === null)
    return <ErrorState compact title={t('publishing.failed')} words={errorWords(error, core)} onRetry={retry} />;
  if (difference === null)
    return (
      <div className="my-3 flex flex-col gap-2" aria-busy="true">
        {['w-40', 'w-64', 'w-52'].map((width) => (
          <Skeleton key={width} className={width} />
        ))}
        <LoadingWords />
      </div>
    );
  if (difference.entries.length > 0) return <ChangeList difference={difference} choice={choice} canChoose={canPublish} />;
  const { live } = difference.view;
  return (
    <p className="my-3 rounded-control border border-border p-3 text-body">
      {live === null ? t('publishing.empty') : t('publishing.nothing', { number: live.number })}
    </p>
  );
}

/** Counts how often the dialog was opened. */
function useRound(isOpen: boolean): number {
  const [state, setState] = useState({ isOpen, round: 0 });
  if (state.isOpen !== isOpen) setState({ isOpen, round: state.round + (isOpen ? 1 : 0) });
  return state.round;
}

/** Why nothing can be published now; empty: it can. */
function useObstacle({ difference, choice }: { readonly difference: DraftDifference | null; readonly choice: Choice }): string {
  const { t } = useTexts();
  if (!useCan('workflows.publish')) return t('publishing.mayNot');
  if (difference === null || difference.entries.length === 0) return '';
  return choice.chosen.size === 0 ? t('publishing.chooseOne') : '';
}

/** Says what the button does: all that is listed, or how much of it. */
function useButtonText({ difference, choice }: { readonly difference: DraftDifference | null; readonly choice: Choice }): string {
  const { t } = useTexts();
  const count = difference?.entries.length ?? 0;
  const chosen = choice.chosen.size;
  return chosen === 0 || chosen === count ? t('page.publish') : t('publishing.publishSome', { chosen, count });
}

/** What happened since the dialog opened, what changes, and what becomes of it. */
function Body({
  loaded,
  choice,
  publishing,
  isOffline,
}: {
  readonly loaded: ReturnType<typeof useDraftDifference>;
  readonly choice: Choice;
  readonly publishing: Pick<ReturnType<typeof usePublish>, 'refusal' | 'left'>;
  readonly isOffline: boolean;
}) {
  const { t } = useTexts();
  const canPublish = useCan('workflows.publish');
  const { difference } = loaded;
  const { refusal, left } = publishing;
  const obstacle = useObstacle({ difference, choice });
  const stays = left > 0 && choice.chosen.size > 0 ? t('publishing.stays', { count: left }) : '';
  return (
    <>
      <div aria-live="polite">
        {refusal?.isOutdated ? <Notice>{t('publishing.outdated')}</Notice> : null}
        {choice.hasArrived && !refusal?.isOutdated ? <Notice>{t('publishing.arrived')}</Notice> : null}
      </div>
      {isOffline ? (
        <p className="my-3 text-body text-status-failed">{t('publish.offline')}</p>
      ) : (
        <Changes loaded={loaded} choice={choice} canPublish={canPublish} />
      )}
      <p role="status" className="text-secondary text-text-2 empty:hidden">
        {[obstacle, stays].filter((one) => one !== '').join(' ')}
      </p>
      {difference?.view.live ? <ReachLine reach={difference.view.reach} /> : null}
    </>
  );
}

/** Why the button cannot be pressed now, in short. */
function isBlocked(save: SaveState, difference: DraftDifference | null, choice: Choice): boolean {
  return save === 'offline' || save === 'problem' || (difference !== null && choice.chosen.size === 0);
}

/** Publishes the ticked changes as an immutable version: what changes and who changed it, checks, reach, consequences, a note. */
export function PublishDialog({ sync }: { readonly sync: DraftSync }) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'publish');
  const save = useStore(sync.state, (state) => state.save);
  const canPublish = useCan('workflows.publish');
  const [note, setNote] = useState('');
  const round = useRound(isOpen);
  const loaded = useDraftDifference(isOpen, save === 'saved', round);
  const { difference } = loaded;
  const choice = useChoice(difference, round);
  const { publish, refusal, left, forget } = usePublish(difference, choice, round);
  const checked = useChecked(difference, choice);
  const shown = refusal !== null && refusal.problems.length > 0 ? refusal.problems : (checked ?? []);
  const errors = shown.filter((problem) => problem.level === 'error').length;
  const text = useButtonText({ difference, choice });
  const close = (): void => ui.setState({ dialog: null });
  const choose: Choice['choose'] = (...args) => {
    forget();
    choice.choose(...args);
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : close())}
      title={t('publish.title')}
      description={errors > 0 ? t('publish.blocked', { count: errors }) : t('publish.intro')}
      widthPx={640}
      actions={
        <>
          <Button onClick={close}>{t('publish.cancel')}</Button>
          <Button
            variant="primary"
            disabled={errors > 0 || !canPublish || isBlocked(save, difference, choice)}
            busy={publish.isPending || save === 'saving' || difference === null}
            onClick={() => publish.mutate(note, { onSuccess: () => setNote('') })}
          >
            {text}
          </Button>
        </>
      }
    >
      <Problems problems={shown} onGo={close} />
      <Body loaded={loaded} choice={{ ...choice, choose }} publishing={{ refusal, left }} isOffline={save === 'offline'} />
      {errors > 0 || difference?.entries.length === 0 ? null : <Consequences next={difference?.view.nextNumber} />}
      <NoteField note={note} onChange={setNote} />
    </Dialog>
  );
}
