/** Why a kind of syntax is not there, and what to use instead. */
const reasons: Readonly<Record<string, string>> = {
  AssignmentExpression: 'Expressions cannot assign: data never changes. Use a Code step for that.',
  UpdateExpression: 'Expressions cannot count up or down: data never changes.',
  ThisExpression: '`this` is not available. Use `$json` for the current item.',
  Super: '`super` is not available.',
  ClassExpression: 'Classes are not available. Use a Code step for that.',
  ClassDeclaration: 'Classes are not available. Use a Code step for that.',
  AwaitExpression: 'Expressions cannot wait. Use a Code step for that.',
  YieldExpression: 'Generators are not available.',
  ImportExpression: 'Expressions cannot import. Use a Code step for that.',
  MetaProperty: '`new.target` and `import.meta` are not available.',
  TaggedTemplateExpression: 'Tagged templates are not available. Use an ordinary template text.',
  SequenceExpression: 'One expression at a time: commas between expressions are not available.',
  ForStatement: 'Loops are not available. Use map, filter or reduce, or a Code step.',
  ForOfStatement: 'Loops are not available. Use map, filter or reduce, or a Code step.',
  ForInStatement: 'Loops are not available. Use Object.keys(x).map(...), or a Code step.',
  WhileStatement: 'Loops are not available. Use map, filter or reduce, or a Code step.',
  DoWhileStatement: 'Loops are not available. Use map, filter or reduce, or a Code step.',
  TryStatement: 'try is not available. Use a Code step for that.',
  ThrowStatement: 'throw is not available. Use a Code step for that.',
  SwitchStatement: 'switch is not available. Use `a ? b : c`, or a Code step.',
};

/** The hint for syntax that the language does not have. */
export function denialOf(nodeType: string): string {
  return Object.hasOwn(reasons, nodeType) ? (reasons[nodeType] ?? '') : 'This is not available in expressions. Use a Code step for it.';
}
