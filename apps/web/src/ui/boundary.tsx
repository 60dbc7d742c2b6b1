import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  readonly children: ReactNode;
  /** What stands in place of children that could not be drawn. @param retry draws them anew */
  readonly fallback: (error: unknown, retry: () => void) => ReactNode;
  /** Another value draws the children anew. */
  readonly resetKey?: unknown;
}

/** Holds what goes wrong while something is drawn: what stands beside it goes on working. */
export class Boundary extends Component<BoundaryProps, { readonly failed: { readonly error: unknown } | null }> {
  override state: { readonly failed: { readonly error: unknown } | null } = { failed: null };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  override componentDidUpdate(before: BoundaryProps): void {
    if (this.state.failed && before.resetKey !== this.props.resetKey) this.setState({ failed: null });
  }

  readonly #retry = (): void => this.setState({ failed: null });

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.state.failed.error, this.#retry) : this.props.children;
  }
}
