/** What `advance` knows of a control node: data only, because it enters the Temporal workflow's bundle. */
export interface ControlPlan {
  /** When its time has come: output port → input port whose items leave unchanged. */
  readonly onTimer?: Readonly<Record<string, string>>;
  /** Completing it answers the caller of the run. */
  readonly answers?: true;
}
