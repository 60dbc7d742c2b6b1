export {
  ConnectorError,
  InvariantError,
  isJsonObject,
  MillwrightError,
  UserError,
  type ConnectorErrorKind,
  type JsonObject,
  type JsonValue,
} from '@millwright/core';
export type { FieldHints, Item, PortInfo } from '@millwright/workflow';
export { z } from 'zod';
export { callAction, callDeclared } from './call-action.ts';
export type * from './code.ts';
export type * from './connector/auth.ts';
export * from './connector/auth-kinds.ts';
export * from './connector/connector-action.ts';
export type * from './connector/connector.ts';
export * from './connector/credential-field.ts';
export type * from './connector/credential-type.ts';
export type * from './connector/errors.ts';
export * from './connector/idempotency.ts';
export * from './connector/limits.ts';
export * from './connector/option-lists.ts';
export * from './connector/pages.ts';
export * from './connector/request.ts';
export { parsePath, parseTemplate, type TemplatePart } from './connector/template.ts';
export { isHostListed, methodAndPath } from './connector/rules/references.ts';
export * from './connector/triggers.ts';
export * from './context.ts';
export * from './define-action.ts';
export * from './define-connector.ts';
export * from './define-package.ts';
export * from './define-trigger.ts';
export * from './definition.ts';
export { field, type FieldTexts, type ListTexts } from './field.ts';
export type * from './http.ts';
export { retryAfterMs } from './retry-after.ts';
export { definePolledTrigger, type PolledTriggerSpec } from './polls/define-polled-trigger.ts';
export type * from './polls/poll-context.ts';
export * from './sockets/server-credential.ts';
export type * from './sockets/socket-port.ts';
export { CELL, cellsOf, listIn, namedRow, toCell } from './tables/cells.ts';
export { tableRowNodes, type CellsAt, type TableCells, type TableService } from './tables/row-nodes.ts';
export { tableFields } from './tables/table-fields.ts';
export { google } from './vendors/google.ts';
