import { planFrom } from '@millwright/executor/testing';
import type { Plan, WorkflowDocumentInput } from '@millwright/workflow';

/** Time for a node that is never over, ms. */
const LONG_MS = 86_400_000;

const plans = new WeakMap<WorkflowDocumentInput, Plan>();

/**
 * The plan of a document, compiled once. Every node has so much time that what is slow is not over.
 * @throws Error with the problems where it does not compile
 */
export function planOf(document: WorkflowDocumentInput): Plan {
  const known = plans.get(document);
  if (known !== undefined) return known;
  const plan = planFrom(document);
  const nodes = plan.skeleton.nodes.map((node) => ({ ...node, timeoutMs: LONG_MS }));
  const patient = { ...plan, skeleton: { ...plan.skeleton, nodes } };
  plans.set(document, patient);
  return patient;
}
