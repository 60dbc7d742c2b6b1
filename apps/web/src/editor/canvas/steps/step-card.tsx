import { type CSSProperties, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { type Status, StatusGlyph } from '../../../ui/states/status-glyph.tsx';
import { cardHeight } from '../../core/graph/geometry.ts';
import { categoryColor } from '../../look/category.ts';
import { TypeIcon } from '../../look/type-icon.tsx';
import { typeTitle } from '../../look/type-words.ts';
import { useEditor, useInterface, useNode, useOverlay, useShowsRun, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { failedPasses, itemCount, mostTries, operationLine, stepStatus, toFillIn } from './step-state.ts';

/** Name of the element of a step, for `aria-activedescendant`. */
export function stepElementId(nodeId: string): string {
  return `step-${nodeId}`;
}

/** The title that turns into a field while the step is renamed. */
export function CardTitle({ nodeId, name }: { readonly nodeId: string; readonly name: string }) {
  const { draft, ui, camera } = useEditor();
  const { t } = useTexts();
  const isRenaming = useInterface((state) => state.renaming === nodeId);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isRenaming) input.current?.select();
  }, [isRenaming]);
  if (!isRenaming) return <span className="mw-card-title">{name}</span>;
  const end = (value: string | null): void => {
    const next = value?.trim().slice(0, 200) ?? '';
    if (next !== '' && next !== name) draft.apply([{ kind: 'renameNode', nodeId, name: next }]);
    ui.setState({ renaming: null });
    camera.current?.focus();
  };
  return (
    <input
      ref={input}
      defaultValue={name}
      aria-label={t('card.newName')}
      className="mw-card-rename nodrag nopan"
      onBlur={(event) => (ui.getState().renaming === nodeId ? end(event.currentTarget.value) : undefined)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(event.currentTarget.value);
        if (event.key === 'Escape') end(null);
      }}
    />
  );
}

/** At the right end of a card: how the step stands in a run. */
export function CardEnd({
  status,
  count,
  attempts,
  failed = 0,
  wasDoneBefore,
}: {
  readonly status: Status | null;
  readonly count: number | null;
  readonly attempts: number;
  /** Earlier passes that failed. */
  readonly failed?: number;
  /** An earlier run did it, and it was not repeated. */
  readonly wasDoneBefore: boolean;
}) {
  const format = useFormat();
  const { t } = useTexts();
  return (
    <span className="mw-card-end">
      {status ? <StatusGlyph status={status} /> : null}
      {count === null ? null : <span className="mw-card-count num">{format.number(count)}</span>}
      {wasDoneBefore ? <span className="mw-card-badge mw-card-before">{t('card.doneBefore')}</span> : null}
      {wasDoneBefore ? null : failed > 0 ? (
        <span className="mw-card-badge num" data-failed>
          {t('card.failedPasses', { count: failed })}
        </span>
      ) : attempts > 1 ? (
        <span className="mw-card-badge num">{t('card.tries', { count: attempts })}</span>
      ) : null}
    </span>
  );
}

/** Name, type and state in one sentence: what assistive technology reads for a step. */
export function useStepName(nodeId: string): string {
  const { t, language } = useTexts();
  const { t: core } = useTranslation('core');
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const overlay = useOverlay(nodeId);
  const status = stepStatus(overlay);
  const failed = failedPasses(overlay);
  if (!node) return '';
  const missing = toFillIn(node, info);
  const states = [
    node.settings.disabled ? t('card.isDisabled') : '',
    missing > 0 ? t('card.toFillIn', { count: missing }) : '',
    status ? core(`status.${status}`) : '',
    failed > 0 ? t('card.failedPasses', { count: failed }) : '',
    info ? '' : t('card.notInstalled'),
  ].filter(Boolean);
  return [node.name, info ? typeTitle(info, language) : node.type, ...(states.length > 0 ? states : [t('card.ready')])].join(', ');
}

/** A step as a card of 240×64 px, by level of detail. It holds no state: cards come and go with the camera. */
export function StepCard({ nodeId, isSelected }: { readonly nodeId: string; readonly isSelected: boolean }) {
  const { t, language } = useTexts();
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const overlay = useOverlay(nodeId);
  const showsRun = useShowsRun();
  const isFocused = useInterface((state) => state.focusedNode === nodeId);
  const level = useInterface((state) => state.level);
  const name = useStepName(nodeId);
  if (!node) return null;
  const missing = toFillIn(node, info);
  const status = stepStatus(overlay);
  const shown = isSelected || isFocused || status === 'failed' ? 'full' : level;
  return (
    <div
      id={stepElementId(nodeId)}
      role="group"
      aria-roledescription={t('card.role')}
      aria-label={name}
      className="mw-card"
      style={{ '--cat': categoryColor(info?.category ?? ''), height: cardHeight(node, info) } as CSSProperties}
      data-kind={info?.kind ?? 'unknown'}
      data-level={shown}
      data-selected={isSelected || undefined}
      data-focused={isFocused || undefined}
      data-disabled={node.settings.disabled || undefined}
      data-incomplete={missing > 0 || undefined}
      data-status={status ?? (showsRun ? 'untouched' : undefined)}
    >
      <span className="mw-card-icon">
        <TypeIcon icon={info?.icon ?? 'box'} sizePx={20} />
      </span>
      <span className="mw-card-text">
        <CardTitle nodeId={nodeId} name={node.name} />
        <span className="mw-card-line">
          {missing > 0 ? <em>{t('card.toFillIn', { count: missing })}</em> : operationLine(node, info, language)}
        </span>
      </span>
      <CardEnd
        status={status}
        count={itemCount(overlay)}
        attempts={mostTries(overlay)}
        failed={failedPasses(overlay)}
        wasDoneBefore={overlay?.last.reason === 'alreadyDone'}
      />
    </div>
  );
}
