/** Keywords whose value is one schema. */
export const ONE_SCHEMA: ReadonlySet<string> = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
]);

/** Keywords whose value is a list of schemas. */
export const SCHEMA_LIST: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);

/** Keywords whose value is a map of schemas. */
export const SCHEMA_MAP: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas']);

/** Keywords under which a value stands that is not judged by the schema around it as well. */
export const OWN_VALUE: ReadonlySet<string> = new Set(['items', 'additionalProperties', 'prefixItems', 'properties', 'patternProperties']);

/** Words of OpenAPI that JSON Schema does not know, and those that name documents: references are rewritten. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'example',
  'xml',
  'externalDocs',
  'discriminator',
  'nullable',
  'x-nullable',
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$comment',
  '$vocabulary',
  '$defs',
  'definitions',
]);

/** Keywords whose value is a number. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
]);
