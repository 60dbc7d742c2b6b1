export { describeRequest, type SentRequest } from './describe-request.ts';
export { fetchDescription, fetchDescriptionText, type FetchPort } from './fetch-description.ts';
export { importDescription, type ImportOptions } from './import-description.ts';
export type { ImportedAction, ImportedConnector } from './imported.ts';
export { readOverlay, type ActionOverlay, type Overlay } from './overlay.ts';
export { toConnectorSpec } from './to-connector.ts';
export { printPackage, type PrintedFile } from './print/print-package.ts';
export type { ConnectorChanges, OperationChange, StepChange } from './update/compare-versions.ts';
export { importNext, type ImportedNext, type NextOptions } from './update/import-next.ts';
