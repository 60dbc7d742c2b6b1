import type { Extension } from '@codemirror/state';
import { Decoration, MatchDecorator, WidgetType } from '@codemirror/view';
import { decorates } from '../text-editor/shown-text.ts';

class NameHint extends WidgetType {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  override eq(other: NameHint): boolean {
    return other.#name === this.#name;
  }
  override toDOM(): HTMLElement {
    const hint = document.createElement('span');
    hint.className = 'mw-name-hint';
    hint.textContent = this.#name;
    return hint;
  }
}

/** Shows the name of a step behind `$('id')` and `_('id')`: ids never change, and say little. @param nameOf undefined for what is no step's id */
export function stepNames(nameOf: (nodeId: string) => string | undefined): Extension {
  const matcher = new MatchDecorator({
    regexp: /[$_]\((['"`])([\w-]+)\1\)/g,
    decorate: (...[add, , to, match]) => {
      const name = nameOf(match[2] ?? '');
      if (name !== undefined && name !== match[2]) add(to, to, Decoration.widget({ widget: new NameHint(name), side: 1 }));
    },
  });
  return decorates(matcher);
}
