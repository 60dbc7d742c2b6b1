import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  readonly children: ReactNode;
  /** What stands in place of children that could not be drawn. @param retry draws them anew */
  readonly fallback: (error: unknown, retry: () => void) => ReactNode;
  /** Another value draws the children anew. */
  readonly resetKey?: unknown;
}

interface BoundaryState {
  readonly failed: { readonly error: unknown } | null;
  /** The one that the children were drawn with. */
  readonly resetKey: unknown;
}

/** Holds what goes wrong while something is drawn: what stands beside it goes on working. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: null, resetKey: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { failed: { error } };
  }

  static getDerivedStateFromProps({ resetKey }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return resetKey === state.resetKey ? null : { failed: null, resetKey };
  }

  readonly #retry = (): void => this.setState({ failed: null });

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback(this.state.failed.error, this.#retry) : this.props.children;
  }
}
