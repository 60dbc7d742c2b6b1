import { Handle, Position } from '@xyflow/react';
import type { WorkflowDocument } from '@millwright/workflow';
import { Plus } from 'lucide-react';
import type { CSSProperties } from 'react';
import { findNode } from '../../core/graph/graph-queries.ts';
import { isInner, ERROR_PORT } from '../../core/graph/edges/ports.ts';
import { layoutOf } from '../../core/graph/layout.ts';
import { isWired } from '../../core/graph/edges/wiring.ts';
import { MANY_PORTS, type PortPlace, portPlaces } from '../../core/graph/edges/port-places.ts';
import { usePortTitle } from '../../look/use-port-title.ts';
import { useDocumentPart, useEditor, useInterface, useNode, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

interface PortProps {
  readonly nodeId: string;
  readonly place: PortPlace;
  readonly label: string | null;
}

/** Ports of the inside hang at a tab; the others at the border, where the library's own style puts them. */
function placeStyle({ port, x, y }: PortPlace): CSSProperties {
  return isInner(port) ? { top: y, left: x, right: 'auto', transform: 'translate(-50%, -50%)' } : { top: y };
}

/** Names stand above their line, the last one below; many of them on it. */
function labelPlace(place: PortPlace) {
  const isMany = place.count >= MANY_PORTS;
  return { 'data-on': isMany || undefined, 'data-below': (!isMany && place.isLast) || undefined };
}

function InputPort({ nodeId, place, label }: PortProps) {
  const { isReadOnly } = useEditor();
  const wired = useDocumentPart((document) => isWired(document, { nodeId, side: 'input', port: place.port.name }));
  return (
    <Handle
      id={place.port.name}
      type="target"
      position={Position.Left}
      className="mw-port"
      style={placeStyle(place)}
      isConnectable={!isReadOnly}
      data-wired={wired || undefined}
    >
      {label === null ? null : (
        <span className="mw-port-label mw-port-label-in" {...labelPlace(place)}>
          {label}
        </span>
      )}
    </Handle>
  );
}

/** Distance of the `+` from its port, px; and where the port's name stands between them. */
const ADD_GAP = 22;
const ADD_GAP_NAMED = 122;

/** The `+` that every free output offers. */
function AddAfter({ nodeId, place }: Pick<PortProps, 'nodeId' | 'place'>) {
  const { ui } = useEditor();
  const { t } = useTexts();
  const words = isInner(place.port) ? t('canvas.addInside') : t('canvas.addAfter');
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-add-after nodrag nopan"
      style={{ top: place.y, left: place.x + (place.count >= MANY_PORTS && !isInner(place.port) ? ADD_GAP_NAMED : ADD_GAP) }}
      aria-label={words}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        ui.setState({ picker: { placement: { kind: 'after', from: { nodeId, port: place.port.name } }, at: null } });
      }}
    >
      <Plus size={14} aria-hidden="true" />
    </button>
  );
}

function OutputPort({ nodeId, place, label }: PortProps) {
  const { isReadOnly } = useEditor();
  const isFull = useInterface((state) => state.level === 'full');
  const wired = useDocumentPart((document) => isWired(document, { nodeId, side: 'output', port: place.port.name }));
  return (
    <>
      <Handle
        id={place.port.name}
        type="source"
        position={Position.Right}
        className="mw-port"
        style={placeStyle(place)}
        isConnectable={!isReadOnly}
        data-wired={wired || undefined}
        data-error={place.port.name === ERROR_PORT.name || undefined}
      >
        {label === null ? null : (
          <span className="mw-port-label" title={label} {...labelPlace(place)}>
            {label}
          </span>
        )}
      </Handle>
      {wired || isReadOnly || !isFull ? null : <AddAfter nodeId={nodeId} place={place} />}
    </>
  );
}

/** Width and height of a card or frame: of a frame they change with what it holds, so a change elsewhere rarely draws ports anew. */
function useCardSize(nodeId: string): readonly [number, number] {
  const { catalog } = useEditor();
  const boxIn = (document: WorkflowDocument) => {
    const node = findNode(document, nodeId);
    return node && layoutOf(document, catalog).boxOf(node);
  };
  const width = useDocumentPart((document) => boxIn(document)?.width ?? 0);
  return [width, useDocumentPart((document) => boxIn(document)?.height ?? 0)];
}

/** The ports of a step: inputs at the left, outputs at the right, named where there is more than one; of a frame also those of its inside. */
export function StepPorts({ nodeId }: { readonly nodeId: string }) {
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  const size = useCardSize(nodeId);
  const resizing = useInterface((state) => (state.resizing?.nodeId === nodeId ? state.resizing.size : null));
  const title = usePortTitle(info);
  if (!node) return null;
  const [width, height] = resizing ?? size;
  return portPlaces(node, info, { width, height }).map((place) => {
    const label = isInner(place.port) || place.count < 2 ? null : title(place.port, place.side);
    const props = { nodeId, place, label };
    return place.side === 'input' ? (
      <InputPort key={`in:${place.port.name}`} {...props} />
    ) : (
      <OutputPort key={`out:${place.port.name}`} {...props} />
    );
  });
}
