/** What `advance` knows of a control node: data only, because it enters the Temporal workflow's bundle. */
export interface ControlPlan {
  /** When its time has come: output port → input port whose items leave unchanged. */
  readonly onTimer?: Readonly<Record<string, string>>;
  /** Completing it answers the caller of the run. */
  readonly answers?: true;
  /** With several wired inputs, each arrival is its own node run all the same. */
  readonly eachArrival?: true;
  /**
   * Goes round: while the node remembers something, arrivals at this port wait until nothing else can
   * come, and are then released one by one; where none came the node runs with nothing.
   */
  readonly rounds?: string;
  /** Holds other nodes; `exit` is the inner input port at which their results arrive. */
  readonly container?: { readonly kind: 'map' | 'try' | 'compensate'; readonly exit: string };
}
