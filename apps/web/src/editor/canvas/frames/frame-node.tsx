import type { NodeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { findNode } from '../../core/graph/graph-queries.ts';
import { layoutOf, measure } from '../../core/graph/layout.ts';
import { type PortPlace, portPlaces } from '../../core/graph/edges/port-places.ts';
import { isInner } from '../../core/graph/edges/ports.ts';
import { categoryColor } from '../../look/category.ts';
import { TypeIcon } from '../../look/type-icon.tsx';
import { usePortTitle } from '../../look/use-port-title.ts';
import { useDocument, useEditor, useInterface, useMark, useNode, useOverlay, useShowsRun, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { FlowNode } from '../flow-model.ts';
import { PeerRing } from '../presence/peer-ring.tsx';
import { MarkSign } from '../marks/mark-sign.tsx';
import { CardEnd, CardTitle, stepElementId, useStepName } from '../steps/step-card.tsx';
import { HoverToolbar, useFit } from '../steps/step-node.tsx';
import { StepPorts } from '../steps/step-ports.tsx';
import { ResizeCorner } from './resize-corner.tsx';
import { itemCount, operationLine, stepStatus, toFillIn } from '../steps/step-state.ts';

/** The bar at the top of a frame: the container as a step, by which it is dragged and chosen. */
function FrameHead({ nodeId }: { readonly nodeId: string }) {
  const { t, language } = useTexts();
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const overlay = useOverlay(nodeId);
  const name = useStepName(nodeId);
  const inside = layoutOf(useDocument(), useEditor().catalog).childrenOf(nodeId).length;
  if (!node) return null;
  const missing = toFillIn(node, info);
  const progress = overlay?.last.progress;
  return (
    <div
      id={stepElementId(nodeId)}
      role="group"
      aria-roledescription={t('card.frameRole')}
      aria-label={`${name}, ${t('card.inside', { count: inside })}`}
      className="mw-frame-head"
    >
      <span className="mw-card-icon">
        <TypeIcon icon={info?.icon ?? 'box'} sizePx={18} />
      </span>
      <span className="mw-card-text">
        <CardTitle nodeId={nodeId} name={node.name} />
        <span className="mw-card-line">
          {missing > 0 ? <em>{t('card.toFillIn', { count: missing })}</em> : operationLine(node, info, language)}
        </span>
      </span>
      {progress ? (
        <span className="mw-card-count num">{t(progress.failed > 0 ? 'run.progressFailed' : 'run.progressShort', { ...progress })}</span>
      ) : null}
      <CardEnd
        status={stepStatus(overlay)}
        count={progress ? null : itemCount(overlay)}
        attempts={0}
        wasDoneBefore={overlay?.last.reason === 'alreadyDone'}
      />
    </div>
  );
}

/** The tab of a port of the inside: its name, inside of the frame's border. */
function InnerTab({ place, title }: { readonly place: PortPlace; readonly title: string }) {
  return (
    <span className="mw-frame-tab" data-side={place.side} style={{ top: place.y }} title={title}>
      <span>{title}</span>
    </span>
  );
}

/** The corner by which a frame is made larger; it never gets smaller than what it holds. */
function FrameCorner({ nodeId }: { readonly nodeId: string }) {
  const { draft, catalog } = useEditor();
  const { t } = useTexts();
  const bounds = () => {
    const document = draft.document();
    const node = findNode(document, nodeId);
    if (!node) return null;
    const { size: _size, ...loose } = node;
    const least = measure(loose, catalog, layoutOf(document, catalog).childrenOf(nodeId).map(layoutOf(document, catalog).boxOf));
    return { corner: { x: node.position[0], y: node.position[1] }, least: [least.width, least.height] as const };
  };
  return (
    <ResizeCorner
      id={nodeId}
      label={t('canvas.resizeFrame')}
      bounds={bounds}
      onEnd={(size) => draft.apply([{ kind: 'resizeNode', nodeId, size }])}
    />
  );
}

function useFrame(nodeId: string) {
  const { catalog } = useEditor();
  const document = useDocument();
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const resizing = useInterface((state) => (state.resizing?.nodeId === nodeId ? state.resizing.size : null));
  const layout = layoutOf(document, catalog);
  const own = node ? layout.boxOf(node) : { width: 0, height: 0 };
  const box = resizing ? { width: resizing[0], height: resizing[1] } : { width: own.width, height: own.height };
  const tabs = node ? portPlaces(node, info, box).filter((place) => isInner(place.port)) : [];
  return { node, info, box, tabs, isEmpty: layout.childrenOf(nodeId).length === 0 };
}

/** A container: a frame around the steps that it holds, with tabs for the ports of its inside. */
export const FrameNode = memo(function FrameNode({ id, selected }: NodeProps<FlowNode>) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const { node, info, box, tabs, isEmpty } = useFrame(id);
  const level = useInterface((state) => state.level);
  const isFocused = useInterface((state) => state.focusedNode === id);
  const isTarget = useInterface((state) => state.dropFrame === id);
  const isFound = useInterface((state) => state.found?.nodeId === id);
  const status = stepStatus(useOverlay(id));
  const showsRun = useShowsRun();
  const title = usePortTitle(info);
  const fit = useFit(id);
  const mark = useMark(id);
  if (!node) return null;
  return (
    <div
      className="mw-step mw-frame"
      style={{ '--cat': categoryColor(info?.category ?? ''), ...box } as CSSProperties}
      data-fit={fit}
      data-level={level}
      data-selected={selected || undefined}
      data-focused={isFocused || undefined}
      data-target={isTarget || undefined}
      data-found={isFound || undefined}
      data-disabled={node.settings.disabled || undefined}
      data-status={status ?? (showsRun ? 'untouched' : undefined)}
      data-mark={mark}
    >
      <FrameHead nodeId={id} />
      {mark && mark !== 'same' ? <MarkSign mark={mark} /> : null}
      <PeerRing nodeId={id} />
      {level === 'block'
        ? null
        : tabs.map((place) => <InnerTab key={`${place.side}:${place.port.name}`} place={place} title={title(place.port, place.side)} />)}
      {isEmpty && level === 'full' && !isReadOnly ? <p className="mw-frame-empty">{t('canvas.emptyFrame')}</p> : null}
      {level === 'block' ? null : <StepPorts nodeId={id} />}
      {level === 'full' && !isReadOnly ? <HoverToolbar nodeId={id} /> : null}
      {isReadOnly || level === 'block' ? null : <FrameCorner nodeId={id} />}
    </div>
  );
});
