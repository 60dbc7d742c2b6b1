import type { NodeTypeInfo, PortInfo, WorkflowNode } from '@millwright/workflow';
import { portOffset, type Box, type Point } from '../geometry.ts';
import { FRAME, isContainer } from '../layout.ts';
import { inputsOf, isInner, outputsOf } from './ports.ts';

/** From this many ports on a side their names stand on the lines: there is no room above them. */
export const MANY_PORTS = 3;

/** A port and where its dot is, px from the top left corner of its card or frame. */
export interface PortPlace extends Point {
  readonly port: PortInfo;
  readonly side: 'input' | 'output';
  /** Place among the ports of its side, for labels. */
  readonly isLast: boolean;
  /** Ports on this side; one alone needs no name. */
  readonly count: number;
}

/** Tabs stand in rows from the top, so that they stay where they are while the frame grows. */
function tabs(ports: readonly PortInfo[], side: PortPlace['side'], x: number): PortPlace[] {
  return ports.map((port, index) => ({
    port,
    side,
    x,
    y: FRAME.head + FRAME.row * (index + 0.5),
    isLast: index === ports.length - 1,
    count: ports.length,
  }));
}

function column(
  ports: readonly PortInfo[],
  at: { readonly side: PortPlace['side']; readonly x: number; readonly height: number },
): PortPlace[] {
  return ports.map((port, index) => ({
    port,
    side: at.side,
    x: at.x,
    y: portOffset(index, ports.length, at.height),
    isLast: index === ports.length - 1,
    count: ports.length,
  }));
}

/** All ports of a step: on the card's two sides; of a container the outer ones beside its head, the inner ones at its tabs. */
export function portPlaces(node: WorkflowNode, info: NodeTypeInfo | undefined, box: Pick<Box, 'width' | 'height'>): readonly PortPlace[] {
  const inputs = inputsOf(node, info);
  const outputs = outputsOf(node, info);
  const frame = isContainer(info);
  const height = frame ? FRAME.head : box.height;
  return [
    ...column(frame ? inputs.filter((port) => !isInner(port)) : inputs, { side: 'input', x: 0, height }),
    ...column(frame ? outputs.filter((port) => !isInner(port)) : outputs, { side: 'output', x: box.width, height }),
    ...(frame ? tabs(outputs.filter(isInner), 'output', FRAME.tab) : []),
    ...(frame ? tabs(inputs.filter(isInner), 'input', box.width - FRAME.tab) : []),
  ];
}

/** Where one port is on the canvas; the middle of the side where the step has no such port. */
export function portPoint(
  node: WorkflowNode,
  info: NodeTypeInfo | undefined,
  at: { readonly box: Box; readonly side: PortPlace['side']; readonly port: string },
): Point {
  const place = portPlaces(node, info, at.box).find((candidate) => candidate.side === at.side && candidate.port.name === at.port);
  const fallback = { x: at.side === 'input' ? 0 : at.box.width, y: at.box.height / 2 };
  return { x: at.box.x + (place ?? fallback).x, y: at.box.y + (place ?? fallback).y };
}
