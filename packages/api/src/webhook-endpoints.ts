import type { JsonObject } from '@millwright/core';
import type { endpoints } from '@millwright/db';
import type { WorkflowDocument } from '@millwright/workflow';

/** The node type that has a URL. */
const WEBHOOK_TYPE = 'core.webhook';

function answerOf(parameters: JsonObject): endpoints.EndpointAnswer {
  const { answer } = parameters;
  return answer === 'respond' || answer === 'end' ? answer : 'now';
}

/** The URLs of a document: one per webhook trigger that is not switched off, with what the gateway must know. */
export function endpointsOf(document: WorkflowDocument): readonly endpoints.EndpointSpec[] {
  return document.nodes
    .filter((node) => node.type === WEBHOOK_TYPE && !node.settings.disabled)
    .map(({ id, parameters }) => {
      const { answer: _answer, ...settings } = parameters as JsonObject;
      return { nodeId: id, answer: answerOf(parameters as JsonObject), settings };
    });
}
