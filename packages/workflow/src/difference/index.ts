export { changePath, CREDENTIAL_KEY, type ChangedValue, type DocumentChange } from './document-change.ts';
export { differenceOf } from './difference-of.ts';
export { sameJson } from './same-json.ts';
export { withDocumentChanges } from './with-document-changes.ts';
