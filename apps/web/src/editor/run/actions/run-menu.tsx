import type { RunSummary } from '@millwright/contracts';
import { Ban, CirclePause, CirclePlay, EllipsisVertical, RotateCcw, SkipForward, Square } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan } from '../../../api/session.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { ConfirmDialog } from '../../../ui/layers/confirm-dialog.tsx';
import { Menu, type MenuEntry } from '../../../ui/layers/menu.tsx';
import { useTexts } from '../../texts.ts';
import { RerunDialog } from './rerun-dialog.tsx';
import { ResumeDialog } from './resume-dialog.tsx';
import { movesOf, type RunMove } from './run-moves.ts';
import { useSteerRun } from './use-run-moves.ts';

const ICONS: Readonly<Record<RunMove, ReactNode>> = {
  resume: <SkipForward size={15} aria-hidden="true" />,
  rerun: <RotateCcw size={15} aria-hidden="true" />,
  pause: <CirclePause size={15} aria-hidden="true" />,
  unpause: <CirclePlay size={15} aria-hidden="true" />,
  cancel: <Square size={15} aria-hidden="true" />,
  terminate: <Ban size={15} aria-hidden="true" />,
};

/** Moves that are one click away: what most people came for. */
const MAIN: ReadonlySet<RunMove> = new Set(['resume', 'unpause']);

/** What can be done with the run: its likeliest move as a button, all in the menu, each with its consequence. */
export function RunMenu({ run, onRun }: { readonly run: RunSummary; readonly onRun: (run: RunSummary) => void }) {
  const { t } = useTexts();
  const canWrite = useCan('runs.write');
  const steer = useSteerRun(run.id, onRun);
  const [asks, setAsks] = useState<'resume' | 'rerun' | 'cancel' | 'terminate' | null>(null);
  if (!canWrite) return null;
  const moves = movesOf(run);
  const act = (move: RunMove): void => {
    if (move === 'pause' || move === 'unpause') steer.mutate(move);
    else setAsks(move);
  };
  const main = moves.find((move) => MAIN.has(move));
  const entries = moves.map((move): MenuEntry => ({
    key: move,
    label: t(`runAction.${move}.label`),
    hint: t(`runAction.${move}.hint`),
    icon: ICONS[move],
    danger: move === 'terminate',
    onSelect: () => act(move),
  }));
  const close = (): void => setAsks(null);
  return (
    <>
      {main ? (
        <Button variant="primary" busy={steer.isPending} onClick={() => act(main)}>
          {ICONS[main]}
          {/* On a phone what became of the run goes before: the menu says the words. */}
          <span className="max-[26rem]:sr-only">{t(`runAction.${main}.label`)}</span>
        </Button>
      ) : null}
      <Menu align="end" trigger={<IconButton label={t('runAction.menu')} icon={<EllipsisVertical size={16} />} />} entries={entries} />
      {asks === 'resume' ? <ResumeDialog run={run} onClose={close} /> : null}
      {asks === 'rerun' ? <RerunDialog run={run} onClose={close} /> : null}
      {asks === 'cancel' || asks === 'terminate' ? (
        <ConfirmDialog
          open
          onClose={close}
          title={t(`runAction.${asks}.title`)}
          body={t(`runAction.${asks}.body`)}
          action={t(`runAction.${asks}.action`)}
          danger
          onConfirm={() => steer.mutateAsync(asks)}
        />
      ) : null}
    </>
  );
}
