import { deniedError, type ExpressionError } from '../errors.ts';

/** Why a kind of syntax is not there, and what to use instead. */
const reasons: Readonly<Record<string, string>> = {
  ThisExpression: '`this` is not available. Use `$json` for the current item.',
  Super: '`super` is not available.',
  ClassExpression: 'Classes are not available. Use a Code step for that.',
  ClassDeclaration: 'Classes are not available. Use a Code step for that.',
  AwaitExpression: 'Expressions cannot wait. Use a Code step for that.',
  YieldExpression: 'Generators are not available.',
  ImportExpression: 'Expressions cannot import. Use a Code step for that.',
  MetaProperty: '`new.target` and `import.meta` are not available.',
  TaggedTemplateExpression: 'Tagged templates are not available. Use an ordinary template text.',
  LabeledStatement: 'Labels are not available.',
  WithStatement: '`with` is not available.',
  DebuggerStatement: '`debugger` is not available.',
};

/** The hint for syntax that the language does not have. */
function denialOf(nodeType: string): string {
  return Object.hasOwn(reasons, nodeType) ? (reasons[nodeType] ?? '') : 'This is not available in expressions. Use a Code step for it.';
}

/** What to throw for a function that waits, or gives its values one by one. */
export function deniedFunction(): ExpressionError {
  return deniedError('async function or generator', 'Functions in expressions are plain: no `async`, no `function*`.');
}

/** What to throw for a kind of syntax that the language does not have; `async` and `generator` are functions. */
export function deniedSyntax(nodeType: string): ExpressionError {
  if (nodeType === 'async' || nodeType === 'generator') return deniedFunction();
  return deniedError(`${nodeType} is not available`, denialOf(nodeType));
}

/** Every kind of syntax that is refused by name, with the reason. */
export const denials: ReadonlyMap<string, string> = new Map(Object.entries(reasons));
