import { hashJson } from '@millwright/core/hash';
import { isJsonObject, type JsonObject } from '@millwright/core';
import type { endpoints, triggerBindings } from '@millwright/db';
import type { NodeTypeCatalog, NodeTypeInfo, WorkflowDocument, WorkflowNode } from '@millwright/workflow';

/** The node type that has a URL. */
const WEBHOOK_TYPE = 'core.webhook';
/** Says in an endpoint's settings that a connector's trigger is behind it, and how its events come. */
const TRIGGER_SETTING = 'trigger';

type ConnectorTrigger = NonNullable<NodeTypeInfo['connectorTrigger']>;

function answerOf(parameters: JsonObject): endpoints.EndpointAnswer {
  const { answer } = parameters;
  return answer === 'respond' || answer === 'end' ? answer : 'now';
}

function wayOf({ ways, wayParameter }: ConnectorTrigger, parameters: JsonObject): triggerBindings.TriggerWay {
  const chosen = wayParameter === undefined ? undefined : parameters[wayParameter];
  return ways.find((way) => way === chosen) ?? ways[0] ?? 'poll';
}

/** The triggers of connectors that are not switched off. */
function boundNodes(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
): readonly { readonly node: WorkflowNode; readonly trigger: ConnectorTrigger }[] {
  return document.nodes.flatMap((node) => {
    const trigger = catalog.get(node.type, node.version)?.connectorTrigger;
    return trigger === undefined || node.settings.disabled ? [] : [{ node, trigger }];
  });
}

/**
 * The endpoints of a document: one per webhook trigger that is not switched off, with what the gateway must know, and one per trigger
 * of a connector, which names it.
 */
export function endpointsOf(document: WorkflowDocument, catalog: NodeTypeCatalog): readonly endpoints.EndpointSpec[] {
  const webhooks = document.nodes
    .filter((node) => node.type === WEBHOOK_TYPE && !node.settings.disabled)
    .map(({ id, parameters }) => {
      const { answer: _answer, ...settings } = parameters as JsonObject;
      return { nodeId: id, answer: answerOf(parameters as JsonObject), settings };
    });
  const bound = boundNodes(document, catalog).map(({ node, trigger }) => ({
    nodeId: node.id,
    answer: 'now' as const,
    settings: { [TRIGGER_SETTING]: wayOf(trigger, node.parameters) },
  }));
  return [...webhooks, ...bound];
}

/** Whether people call it; the others belong to triggers of connectors. */
export function isForCallers({ settings }: Pick<endpoints.Endpoint, 'settings'>): boolean {
  return isJsonObject(settings) && settings[TRIGGER_SETTING] === undefined;
}

/** What the connectors' triggers of a document want of their services. @param made the endpoints that name them */
export function bindingsOf(
  document: WorkflowDocument,
  catalog: NodeTypeCatalog,
  made: readonly endpoints.Endpoint[],
): readonly triggerBindings.TriggerBindingSpec[] {
  return boundNodes(document, catalog).flatMap(({ node, trigger }) => {
    const endpointId = made.find(({ nodeId }) => nodeId === node.id)?.id;
    if (endpointId === undefined) return [];
    const { parameters } = node;
    const setting = {
      way: wayOf(trigger, parameters),
      connectorKey: trigger.connector,
      triggerKey: trigger.trigger,
      input: inputOf(trigger, parameters),
      credentialId: node.credentials['auth'] || null,
      takesAll: trigger.firstParameter !== undefined && parameters[trigger.firstParameter] === 'all',
    };
    const told = { ...setting, input: inputOf(trigger, parameters, trigger.paceParameter) };
    return [{ ...setting, endpointId, nodeId: node.id, settingHash: hashJson(told) }];
  });
}

/** The connector's own parameters. @param without one more that is left out */
function inputOf({ wayParameter, firstParameter }: ConnectorTrigger, parameters: JsonObject, without?: string): JsonObject {
  const others = new Set([wayParameter, firstParameter, without]);
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !others.has(name)));
}
