import type { Edge, Item } from '@millwright/workflow';
import { type CSSProperties, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Point } from '../../core/graph/geometry.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { itemLines } from './item-lines.ts';
import { useFirstItem } from './use-first-item.ts';

/** A pointer that only passes asks for nothing, ms. */
const REST_MS = 300;
const WIDTH_PX = 280;
const MARGIN_PX = 8;

/** Where something beside a point of the line stands: below the + and above the label, canvas px. */
const BELOW = 11;
const ABOVE = -36;

/** Below the middle of the line, or above it where there is little space; inside of the window. */
function placeAt(below: Point, above: Point): CSSProperties {
  const left = Math.max(MARGIN_PX, Math.min(below.x - WIDTH_PX / 2, window.innerWidth - WIDTH_PX - MARGIN_PX));
  const isLow = below.y > window.innerHeight * 0.6;
  return { left, width: WIDTH_PX, paddingBlock: 5, ...(isLow ? { bottom: window.innerHeight - above.y } : { top: below.y }) };
}

/** Where it stands in the window, wherever the camera goes; null out of view, and as soon as Escape is pressed. */
function usePlace({ x, y }: Point): CSSProperties | null {
  const { camera } = useEditor();
  const [isGone, setGone] = useState(false);
  const [place, setPlace] = useState<CSSProperties | null>(null);
  useLayoutEffect(() => {
    const { current } = camera;
    if (!current) return undefined;
    const look = (): void => {
      const seen = current.visible();
      const isSeen = x > seen.x && x < seen.x + seen.width && y > seen.y && y < seen.y + seen.height;
      setPlace(isSeen ? placeAt(current.toScreen({ x, y: y + BELOW }), current.toScreen({ x, y: y + ABOVE })) : null);
    };
    look();
    return current.onView(look);
  }, [camera, x, y]);
  useEffect(() => {
    const stop = new AbortController();
    window.addEventListener('keydown', ({ key }) => (key === 'Escape' ? setGone(true) : undefined), { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return isGone ? null : place;
}

function Lines({ item }: { readonly item: Item }) {
  const { t } = useTexts();
  const { fields, more, files } = itemLines(item);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 font-mono text-meta">
      {fields.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="max-w-24 truncate text-text-2">{name}</dt>
          <dd className="line-clamp-2 break-words">{value}</dd>
        </div>
      ))}
      {[...files.map((name) => t('run.line.file', { name })), ...(more > 0 ? [t('run.line.more', { count: more })] : [])].map((text) => (
        <dd key={text} className="col-span-2 text-text-2">
          {text}
        </dd>
      ))}
    </dl>
  );
}

function Card({ edge, at, isHovered }: FirstItemProps) {
  const { say } = useEditor();
  const { t } = useTexts();
  const place = usePlace(at);
  const item = useFirstItem(edge);
  useEffect(() => {
    if (!item || isHovered) return;
    const text = itemLines(item).fields.map(({ name, value }) => `${name} ${value}`.trim());
    say({ key: 'run.line.say', values: { text: text.join(', ') } });
  }, [item, isHovered, say]);
  if (!item || !place) return null;
  return createPortal(
    <div role="tooltip" className="fixed z-20" style={{ ...place, pointerEvents: isHovered ? 'auto' : 'none' }}>
      <div className="float flex flex-col gap-1 rounded-control p-2">
        <p className="text-meta font-medium text-text-3">{t('run.line.first')}</p>
        <Lines item={item} />
      </div>
    </div>,
    document.body,
  );
}

interface FirstItemProps {
  readonly edge: Edge;
  /** Middle of the line, canvas px. */
  readonly at: Point;
  /** The pointer is on the line; else the keyboard chose it, and it is said aloud. */
  readonly isHovered: boolean;
}

/** The first item that went over a line, as soon as the pointer rests there or the line is chosen. */
export function FirstItem(props: FirstItemProps) {
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setResting(true), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  return isResting ? <Card {...props} /> : null;
}
