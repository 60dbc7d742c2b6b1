import { type CSSProperties, memo, type ReactNode } from 'react';
import { formatFor } from '../../../i18n/format.ts';
import { type Status, StatusGlyph } from '../../../ui/states/status-glyph.tsx';
import { cardHeight } from '../../core/graph/geometry.ts';
import { categoryColor } from '../../look/category.ts';
import { TypeIcon } from '../../look/type-icon.tsx';
import { typeTitle } from '../../look/type-words.ts';
import { useEditor, useInterface, useMark, useNode, useOverlay, useShowsRun, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { useSourceFaults } from '../../source-faults/source-faults.ts';
import { RenameInput } from './rename-input.tsx';
import { failedPasses, itemCount, mostTries, operationLine, stepStatus, toFillIn } from './step-state.ts';

/** Up to so many chosen steps are drawn in full at any zoom. */
const FEW = 20;

/** Name of the element of a step, for `aria-activedescendant`. */
export function stepElementId(nodeId: string): string {
  return `step-${nodeId}`;
}

/** The title that turns into a field while the step is renamed. */
export function CardTitle({ nodeId, name }: { readonly nodeId: string; readonly name: string }) {
  const { draft, ui, camera } = useEditor();
  const isRenaming = useInterface((state) => state.renaming === nodeId);
  if (!isRenaming) return <span className="mw-card-title">{name}</span>;
  const end = (next: string | null): void => {
    if (ui.getState().renaming !== nodeId) return;
    if (next !== null) draft.apply([{ kind: 'renameNode', nodeId, name: next }]);
    ui.setState({ renaming: null });
    camera.current?.focus();
  };
  return <RenameInput name={name} className="mw-card-rename nodrag nopan" onEnd={end} />;
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
  const { t, language } = useTexts();
  if (status === null && count === null && !wasDoneBefore && failed === 0 && attempts < 2) return null;
  return (
    <span className="mw-card-end">
      {status ? <StatusGlyph status={status} /> : null}
      {count === null ? null : <span className="mw-card-count num">{formatFor(language).number(count)}</span>}
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

/** What is known of a step. */
function useStep(nodeId: string) {
  const node = useNode(nodeId);
  const [fault] = useSourceFaults(nodeId);
  return { node, info: useTypeOf(node), overlay: useOverlay(nodeId), fault, mark: useMark(nodeId) };
}

function nameOf(
  { node, info, overlay, fault, mark }: ReturnType<typeof useStep>,
  { t, core, language }: ReturnType<typeof useTexts>,
): string {
  const status = stepStatus(overlay);
  const failed = failedPasses(overlay);
  if (!node) return '';
  const missing = toFillIn(node, info);
  const states = [
    mark && mark !== 'same' ? t(`versions.mark.${mark}`) : '',
    fault === undefined ? '' : `${t('source.card')}: ${fault.place}`,
    node.settings.disabled ? t('card.isDisabled') : '',
    missing > 0 ? t('card.toFillIn', { count: missing }) : '',
    status ? core(`status.${status}`) : '',
    failed > 0 ? t('card.failedPasses', { count: failed }) : '',
    info ? '' : t('card.notInstalled'),
  ].filter(Boolean);
  return [node.name, info ? typeTitle(info, language) : node.type, ...(states.length > 0 ? states : [t('card.ready')])].join(', ');
}

/** Name, type and state in one sentence: what assistive technology reads for a step. */
export function useStepName(nodeId: string): string {
  return nameOf(useStep(nodeId), useTexts());
}

/** What the end of a card shows of a run. */
function endOf(overlay: ReturnType<typeof useStep>['overlay']) {
  return {
    count: itemCount(overlay),
    attempts: mostTries(overlay),
    failed: failedPasses(overlay),
    wasDoneBefore: overlay?.last.reason === 'alreadyDone',
  };
}

/** What is wrong with a step, in the place of what it does; null where nothing is. */
function lineOf(
  { fault }: Pick<ReturnType<typeof useStep>, 'fault'>,
  missing: number,
  { t }: Pick<ReturnType<typeof useTexts>, 't'>,
): ReactNode {
  if (fault !== undefined) return <em>{`${fault.place.slice(fault.place.lastIndexOf('/') + 1)} ${fault.message}`}</em>;
  return missing > 0 ? <em>{t('card.toFillIn', { count: missing })}</em> : null;
}

/** A step as a card of 240×64 px, by level of detail. It holds no state: cards come and go with the camera. */
export const StepCard = memo(function StepCard({ nodeId, isSelected }: { readonly nodeId: string; readonly isSelected: boolean }) {
  const texts = useTexts();
  const step = useStep(nodeId);
  const { node, info, overlay, fault } = step;
  const showsRun = useShowsRun();
  const isFocused = useInterface((state) => state.focusedNode === nodeId);
  const isOneOfFew = useInterface((state) => state.selectedNodes.size <= FEW);
  const isFound = useInterface((state) => state.found?.nodeId === nodeId);
  const level = useInterface((state) => state.level);
  if (!node) return null;
  const missing = toFillIn(node, info);
  const status = stepStatus(overlay);
  const shown = (isSelected && isOneOfFew) || isFocused || status === 'failed' ? 'full' : level;
  return (
    <div
      id={stepElementId(nodeId)}
      role="group"
      aria-roledescription={texts.t('card.role')}
      aria-label={nameOf(step, texts)}
      className="mw-card"
      style={{ '--cat': categoryColor(info?.category ?? ''), height: cardHeight(node, info) } as CSSProperties}
      data-kind={info?.kind ?? 'unknown'}
      data-level={shown}
      data-selected={isSelected || undefined}
      data-focused={isFocused || undefined}
      data-disabled={node.settings.disabled || undefined}
      data-incomplete={missing > 0 || undefined}
      data-fault={fault !== undefined || undefined}
      title={fault === undefined ? undefined : `${fault.place}: ${fault.message}`}
      data-found={isFound || undefined}
      data-status={status ?? (showsRun ? 'untouched' : undefined)}
    >
      {shown === 'block' ? null : (
        <>
          <span className="mw-card-icon">
            <TypeIcon icon={info?.icon ?? 'box'} sizePx={20} />
          </span>
          <span className="mw-card-text">
            <CardTitle nodeId={nodeId} name={node.name} />
            <span className="mw-card-line">{lineOf(step, missing, texts) ?? operationLine(node, info, texts.language)}</span>
          </span>
        </>
      )}
      <CardEnd status={status} {...endOf(overlay)} />
    </div>
  );
});
