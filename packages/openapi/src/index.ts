export {
  asText,
  field,
  listField,
  objectField,
  readDescription,
  textField,
  toDescription,
  type Description,
  type DescriptionLimits,
} from './description.ts';
export type * from './operation.ts';
export { listOperations, readOperation } from './read-operation.ts';
export { follow, type Followed } from './references.ts';
export { describesFields, type Openness } from './schema/describes-fields.ts';
export { fits } from './schema/fits.ts';
export { alternatives, flatten } from './schema/flatten.ts';
export { toJsonSchema, type SchemaOptions } from './schema/json-schema.ts';
export { sampleOf, type SampleOptions } from './schema/sample.ts';
export { securitySchemes } from './security-schemes.ts';
export { allServers, documentServers, serverUrl } from './servers.ts';
