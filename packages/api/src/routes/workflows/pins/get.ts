import { endpoints } from '@millwright/contracts';
import { pins, type TenantTx } from '@millwright/db';
import { notFound } from '../../../problems.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';
import { personOf, readPeople, requireWorkflow } from '../../../workflow-views.ts';

/** The pin of a node as the wire shows it. @throws UserError `workflow_unknown`, `pin_unknown` */
export async function readPin(tx: TenantTx, of: { readonly workflowId: string; readonly nodeId: string }) {
  await requireWorkflow(tx, of.workflowId);
  const pin = await pins.get(tx, of);
  if (pin === null) throw notFound('pin');
  const outputs = Object.fromEntries(Object.entries(pin.outputs).map(([port, items]) => [port, [...items]]));
  return { nodeId: pin.nodeId, outputs, by: personOf(await readPeople(tx), pin.by), at: pin.at.toISOString() };
}

/** `GET /api/v1/workflows/:workflowId/pins/:nodeId` */
export const getPin = defineRoute(endpoints.workflows.getPin, { ...READ_RULES, permission: 'runs.read' }, ({ params, read }) =>
  read((tx) => readPin(tx, params)),
);
