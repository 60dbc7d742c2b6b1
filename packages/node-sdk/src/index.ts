export { ConnectorError, UserError, type ConnectorErrorKind, type JsonObject, type JsonValue } from '@millwright/core';
export type { FieldHints, Item, PortInfo } from '@millwright/workflow';
export { z } from 'zod';
export * from './context.ts';
export * from './define-action.ts';
export * from './define-package.ts';
export * from './define-trigger.ts';
export * from './definition.ts';
export type * from './http.ts';
