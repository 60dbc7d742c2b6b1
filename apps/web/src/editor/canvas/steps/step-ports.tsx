import type { PortInfo } from '@millwright/workflow';
import { Handle, Position } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { cardHeight, portOffset } from '../../core/graph/geometry.ts';
import { ERROR_PORT, inputsOf, outputsOf } from '../../core/graph/ports.ts';
import { portTitle } from '../../look/type-words.ts';
import { useDocument, useEditor, useInterface, useNode, useTypeOf } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

interface PortProps {
  readonly nodeId: string;
  readonly port: PortInfo;
  readonly top: number;
  readonly label: string | null;
  /** The lowest port has its name below the line, so that no line runs through it. */
  readonly isLast: boolean;
}

function InputPort({ nodeId, port, top, label, isLast }: PortProps) {
  const { isReadOnly } = useEditor();
  const isWired = useDocument().edges.some((edge) => edge.to === nodeId && edge.input === port.name);
  return (
    <Handle
      id={port.name}
      type="target"
      position={Position.Left}
      className="mw-port"
      style={{ top }}
      isConnectable={!isReadOnly}
      data-wired={isWired || undefined}
    >
      {label === null ? null : (
        <span className="mw-port-label mw-port-label-in" data-below={isLast || undefined}>
          {label}
        </span>
      )}
    </Handle>
  );
}

/** The `+` that every free output offers. */
function AddAfter({ nodeId, port, top }: Pick<PortProps, 'nodeId' | 'port' | 'top'>) {
  const { ui } = useEditor();
  const { t } = useTexts();
  return (
    <button
      type="button"
      tabIndex={-1}
      className="mw-add-after nodrag nopan"
      style={{ top }}
      aria-label={t('canvas.addAfter')}
      title={t('canvas.addAfter')}
      onClick={(event) => {
        event.stopPropagation();
        ui.setState({ picker: { placement: { kind: 'after', from: { nodeId, port: port.name } }, at: null } });
      }}
    >
      <Plus size={14} aria-hidden="true" />
    </button>
  );
}

function OutputPort({ nodeId, port, top, label, isLast }: PortProps) {
  const { isReadOnly } = useEditor();
  const isFull = useInterface((state) => state.level === 'full');
  const isWired = useDocument().edges.some((edge) => edge.from === nodeId && edge.output === port.name);
  return (
    <>
      <Handle
        id={port.name}
        type="source"
        position={Position.Right}
        className="mw-port"
        style={{ top }}
        isConnectable={!isReadOnly}
        data-wired={isWired || undefined}
        data-error={port.name === ERROR_PORT.name || undefined}
      >
        {label === null ? null : (
          <span className="mw-port-label" data-below={isLast || undefined}>
            {label}
          </span>
        )}
      </Handle>
      {isWired || isReadOnly || !isFull ? null : <AddAfter nodeId={nodeId} port={port} top={top} />}
    </>
  );
}

/** The ports of a step: inputs at the left, outputs at the right, named where there is more than one. */
export function StepPorts({ nodeId }: { readonly nodeId: string }) {
  const { t, language } = useTexts();
  const node = useNode(nodeId);
  const info = useTypeOf(node);
  if (!node) return null;
  const inputs = inputsOf(info);
  const outputs = outputsOf(node, info);
  const height = cardHeight(node, info);
  const label = (ports: readonly PortInfo[], port: PortInfo): string | null => {
    if (ports.length < 2) return null;
    if (port === ERROR_PORT) return t('canvas.errorPort');
    return info ? portTitle(info, language, port) : port.title;
  };
  return (
    <>
      {inputs.map((port, index) => (
        <InputPort
          key={port.name}
          nodeId={nodeId}
          port={port}
          top={portOffset(index, inputs.length, height)}
          label={label(inputs, port)}
          isLast={index === inputs.length - 1}
        />
      ))}
      {outputs.map((port, index) => (
        <OutputPort
          key={port.name}
          nodeId={nodeId}
          port={port}
          top={portOffset(index, outputs.length, height)}
          label={label(outputs, port)}
          isLast={index === outputs.length - 1}
        />
      ))}
    </>
  );
}
